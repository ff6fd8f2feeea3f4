package dev.quicklime.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown.
 *
 * @param file where it is
 * @param lines all of them
 */
record Page(Path file, List<String> lines) {

  private static final Pattern FENCE = Pattern.compile("^(```+)\\s*(\\S*).*$");
  private static final Pattern HEADING = Pattern.compile("^(#{1,6}) +(.*?)\\s*$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * A fenced block.
   *
   * @param language what the fence says
   * @param before the line above it that is not empty
   * @param line of the fence, from 1
   * @param lines of the block
   */
  record Block(String language, String before, int line, List<String> lines) {}

  /** A heading, by its number of hashes and its text. */
  record Heading(int level, String text) {}

  static Page read(Path file) throws IOException {
    return new Page(file, Files.readAllLines(file));
  }

  /** The README, the documentation, and what else is written for readers. */
  static List<Page> all() throws IOException {
    Path root = Repository.root();
    List<Path> files = new ArrayList<>();
    for (String name :
        List.of(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "bench/README.md",
            "bench/gpu/README.md",
            "samples/export/README.md")) {
      files.add(root.resolve(name));
    }
    files.addAll(Repository.files(root.resolve("docs"), ".md"));
    List<Page> pages = new ArrayList<>();
    for (Path each : files) {
      pages.add(read(each));
    }
    return pages;
  }

  /** What messages call it. */
  String name() {
    return Repository.root().relativize(file).toString();
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    String before = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        before = lines.get(i).isBlank() ? before : lines.get(i);
        continue;
      }
      int end = i + 1;
      while (end < lines.size() && !lines.get(end).startsWith(fence.group(1))) {
        end++;
      }
      blocks.add(
          new Block(
              fence.group(2), before, i + 1, lines.subList(i + 1, Math.min(end, lines.size()))));
      i = end;
    }
    return blocks;
  }

  /** The lines outside fenced blocks. */
  List<String> prose() {
    List<String> prose = new ArrayList<>();
    String fence = "";
    for (String line : lines) {
      Matcher found = FENCE.matcher(line);
      if (fence.isEmpty() && found.matches()) {
        fence = found.group(1);
      } else if (!fence.isEmpty()) {
        fence = line.startsWith(fence) ? "" : fence;
      } else {
        prose.add(line);
      }
    }
    return prose;
  }

  List<Heading> headings() {
    return prose().stream()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(found -> new Heading(found.group(1).length(), found.group(2)))
        .toList();
  }

  /** What can follow a hash in a link to the page, as GitHub forms it. */
  List<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    List<String> anchors = new ArrayList<>();
    for (Heading heading : headings()) {
      String anchor = anchor(heading.text());
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
        .replace(' ', '-');
  }

  /** The targets of all links and pictures. */
  List<String> links() {
    return links(String.join("\n", prose()));
  }

  static List<String> links(String text) {
    return LINK.matcher(CODE.matcher(text).replaceAll("")).results().map(m -> m.group(1)).toList();
  }

  /** What is set as code inside the prose. */
  List<String> code() {
    return CODE.matcher(String.join("\n", prose()))
        .results()
        .map(m -> m.group(1).replace('\n', ' '))
        .toList();
  }
}

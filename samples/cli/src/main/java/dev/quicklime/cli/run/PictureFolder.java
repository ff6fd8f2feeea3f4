package dev.quicklime.cli.run;

import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a folder are pictures: files that are ones by their contents, and those that are called
 * so, which are refused by name where they are none. Hidden files and folders do not count.
 *
 * @param pictures by name
 * @param skipped what was left out, in words; empty where nothing was
 */
public record PictureFolder(List<Path> pictures, String skipped) {
  private static final int MOST_KINDS = 6;

  public PictureFolder {
    pictures = List.copyOf(pictures);
  }

  /**
   * Looks into a folder, one level deep.
   *
   * @throws IOException if it cannot be read
   */
  public static PictureFolder of(Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    Map<String, Integer> others = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (!Files.isRegularFile(file) || name(file).startsWith(".")) {
          continue;
        }
        if (ImageFiles.looksLikeImage(file) || ImageFiles.isPicture(file)) {
          pictures.add(file);
        } else {
          others.merge(extension(file), 1, Integer::sum);
        }
      }
    }
    return new PictureFolder(pictures, words(others));
  }

  private static String words(Map<String, Integer> others) {
    int count = others.values().stream().mapToInt(Integer::intValue).sum();
    if (count == 0) {
      return "";
    }
    List<Map.Entry<String, Integer>> kinds =
        others.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .toList();
    String named =
        kinds.stream()
            .limit(MOST_KINDS)
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    int rest = kinds.stream().skip(MOST_KINDS).mapToInt(Map.Entry::getValue).sum();
    return "%d %s skipped: %s%s"
        .formatted(
            count, count == 1 ? "file" : "files", named, rest == 0 ? "" : ", " + rest + " others");
  }

  private static String extension(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 && dot < name.length() - 1
        ? name.substring(dot).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}._-]", "?")
        : "without an extension";
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}

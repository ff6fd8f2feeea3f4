package dev.quicklime.cli.run;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line, those of argument files in place of {@code @file}. Files are written
 * as picocli reads them: words with white space between them, quotes around a word that has some or
 * a number sign, comments from that sign on, {@code @file} for further files. Unlike picocli this
 * refuses a file that is not there or cannot be read, which would be taken for a word otherwise,
 * and knows all words before the command is chosen. A second @ stands for itself; so does the first
 * where a file is called so.
 *
 * @param words what picocli is handed; as they were where something is wrong
 * @param wrong what is wrong with a file, or null
 */
public record ArgumentFiles(List<String> words, @Nullable InvalidInputException wrong) {

  private static final String SIGN = "@";
  private static final long MOST_BYTES = 1 << 20;
  private static final String REMEDY =
      "; a name that begins with @ is written with a second one, @@";

  /** Copies the words. */
  public ArgumentFiles {
    words = List.copyOf(words);
  }

  /** Reads the files that a command line names. */
  public static ArgumentFiles of(String... args) {
    Objects.requireNonNull(args, "args");
    List<String> words = new ArrayList<>();
    try {
      for (String arg : args) {
        add(arg, words, List.of());
      }
    } catch (InvalidInputException e) {
      return new ArgumentFiles(List.of(args), e);
    }
    return new ArgumentFiles(words, null);
  }

  /** Adds a word, or those of a file; the files that it was named in are within. */
  private static void add(String word, List<String> words, List<Path> within) {
    if (!word.startsWith(SIGN) || word.equals(SIGN)) {
      words.add(word);
    } else if (word.startsWith(SIGN + SIGN)) {
      words.add(word.substring(1));
    } else if (within.isEmpty() && isThere(word)) {
      words.add(word);
    } else {
      addFile(word.substring(1), words, within);
    }
  }

  private static boolean isThere(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static void addFile(String name, List<String> words, List<Path> within) {
    if (!isThere(name)) {
      throw wrong(name, "must be there, got no file of that name" + REMEDY + name);
    }
    Path file = Path.of(name).toAbsolutePath().normalize();
    if (within.contains(file)) {
      throw wrong(name, "must not name itself, also not by way of another one");
    }
    if (Files.isDirectory(file)) {
      throw wrong(name, "must be a file, got a folder");
    }
    List<Path> inside = new ArrayList<>(within);
    inside.add(file);
    StreamTokenizer tokens = new StreamTokenizer(new StringReader(text(name, file)));
    tokens.resetSyntax();
    tokens.wordChars(' ', 255);
    tokens.whitespaceChars(0, ' ');
    tokens.quoteChar('"');
    tokens.quoteChar('\'');
    tokens.commentChar('#');
    try {
      while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
        add(tokens.sval, words, inside);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can be read", e);
    }
  }

  private static String text(String name, Path file) {
    try {
      byte[] bytes = ReadBudget.small(file, MOST_BYTES);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Editors of Windows begin UTF-8 with a mark.
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw wrong(name, "must be text in UTF-8, got other bytes" + REMEDY + name, e);
    } catch (AccessDeniedException e) {
      throw wrong(name, "must be a file that may be read, got one that may not", e);
    } catch (IOException e) {
      throw wrong(name, "must be a file that can be read, got " + e.getMessage(), e);
    } catch (InvalidInputException e) {
      throw wrong(name, "must be text of at most 1 MiB, got more" + REMEDY + name, e);
    }
  }

  private static InvalidInputException wrong(String name, String what) {
    return new InvalidInputException("argument file %s %s".formatted(name, what));
  }

  private static InvalidInputException wrong(String name, String what, Exception cause) {
    return new InvalidInputException("argument file %s %s".formatted(name, what), cause);
  }
}

package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of files with names of classes, which editors and shells write in their own way.
 */
public final class LabelText {

  /** The names of a million classes are far below this, a model that was taken for them above. */
  private static final long MOST_BYTES = 64L << 20;

  private LabelText() {}

  /**
   * The text of a file in UTF-8, or in UTF-16 where a byte order mark says so, without that mark.
   *
   * @throws InvalidInputException if there is no such file, or if it is none of text
   */
  public static String read(Path file) {
    Objects.requireNonNull(file, "file");
    if (Files.notExists(file)) {
      throw wrong(file, "does not exist", null);
    }
    if (Files.isDirectory(file)) {
      throw wrong(file, "is a folder: name the file in it", null);
    }
    try {
      long most = ReadBudget.mostSmall(MOST_BYTES);
      if (Files.size(file) > most) {
        throw wrong(
            file,
            "must be text of at most %d bytes here, got %d".formatted(most, Files.size(file)),
            null);
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = encoding(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw wrong(
            file, "must be UTF-8 text, got bytes of 0, as UTF-16 has: save it as UTF-8", null);
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw wrong(file, "must be UTF-8 text: save it as UTF-8", e);
    } catch (IOException e) {
      throw wrong(file, "cannot be read: " + e, e);
    }
  }

  private static Charset encoding(byte[] bytes) {
    if (begins(bytes, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    return begins(bytes, 0xfe, 0xff) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
  }

  private static boolean begins(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && bytes[0] == (byte) first && bytes[1] == (byte) second;
  }

  private static InvalidInputException wrong(Path file, String what, @Nullable Throwable cause) {
    return new InvalidInputException("labels file " + file + " " + what, cause);
  }
}

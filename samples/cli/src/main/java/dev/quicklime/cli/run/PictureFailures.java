package dev.quicklime.cli.run;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ModelFileKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is said of pictures that a command could not do its work on. Stateless. */
public final class PictureFailures {

  private PictureFailures() {}

  /** Pictures that are not there, which a folder cannot have named. */
  public static List<Exception> missing(List<Path> pictures) {
    return pictures.stream()
        .filter(Files::notExists)
        .<Exception>map(
            picture ->
                new InvalidInputException(
                    picture + ": must be a picture file, got none of this name"))
        .toList();
  }

  /** What is wrong with a picture, its name in front. */
  public static String naming(Path picture, InvalidInputException e) {
    String message = String.valueOf(e.getMessage());
    String named = message.startsWith(picture.toString()) ? message : picture + ": " + message;
    ModelFileKind kind = ModelFileKind.of(picture);
    return kind.ofTorch() || kind == ModelFileKind.ONNX
        ? named + "; this is " + kind.words() + ", and --model takes models"
        : named;
  }

  /** What to do about a picture that needs too much memory. */
  public static IllegalStateException outOfMemory(Path picture, OutOfMemoryError e) {
    return new IllegalStateException(
        picture
            + " needs more memory than there is: lower --samples or --batch, or raise the heap with"
            + " JAVA_OPTS=-Xmx…",
        e);
  }
}

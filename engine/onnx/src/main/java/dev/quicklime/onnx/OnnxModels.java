package dev.quicklime.onnx;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.files.card.ModelFacts;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.onnx.internal.file.OnnxFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Opens ONNX files of pictures, and knows what they say of themselves. */
public final class OnnxModels {

  /** Under this name a file's metadata may hold the text of a card. */
  static final String CARD = "quicklime.card";

  private OnnxModels() {}

  /**
   * Whether a file is an ONNX file, by its name or its content. It loads no native code and throws
   * nothing; a file that is not there is told by its name.
   */
  public static boolean recognises(Path file) {
    Objects.requireNonNull(file, "file");
    return OnnxFile.recognises(file);
  }

  /**
   * What is known of a model file: from the card beside it, else from the one in its metadata. What
   * that does not say is ImageNet's input in the size that the file fixes, and no labels.
   *
   * @throws QuicklimeException if the card is there but cannot be read or is wrong
   */
  public static ModelCard card(Path file) {
    Objects.requireNonNull(file, "file");
    Preprocessing standard = Preprocessing.imageNet();
    OnnxFile content;
    try {
      content = OnnxFile.read(file);
    } catch (QuicklimeException | InvalidInputException e) {
      // Opening it says what is wrong with it.
      return ModelCard.beside(file, standard);
    }
    ModelCard card = card(file, content, standard);
    try {
      PictureInput input = PictureInput.of(file, content, card.facts().layout());
      return card(file, content, input.standard());
    } catch (QuicklimeException | InvalidInputException e) {
      // The same; or it takes rows, of which nothing is wrong.
      return card;
    }
  }

  private static ModelCard card(Path file, OnnxFile content, Preprocessing standard) {
    String inside = content.metadata().get(CARD);
    if (inside != null && !Files.isRegularFile(ModelCard.fileBeside(file))) {
      return ModelCard.read(inside, "the card within " + file, standard);
    }
    return ModelCard.beside(file, standard);
  }

  /**
   * Opens a model file with what its card says of it.
   *
   * @throws InvalidInputException if there is no such file, or if the options contradict it
   * @throws QuicklimeException if it is no ONNX file of pictures, if its weights are not there, or
   *     if its card contradicts it
   */
  public static PipelinedClassifier open(Path file, ModelOptions options) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    return open(file, options, card(file));
  }

  /**
   * Opens a model file.
   *
   * @param card what is known of it; it must not contradict the file
   * @throws InvalidInputException if there is no such file, or if the options contradict it
   * @throws QuicklimeException if it is no ONNX file of pictures, if its weights are not there, or
   *     if its card contradicts it
   */
  public static PipelinedClassifier open(Path file, ModelOptions options, ModelCard card) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(card, "card");
    String format = card.facts().format();
    if (format != null && !format.equals(ModelFacts.ONNX)) {
      throw new QuicklimeException(
          "the format of %s must be %s, got %s in its card"
              .formatted(file, ModelFacts.ONNX, format));
    }
    return OnnxClassifier.open(file, options, card);
  }
}

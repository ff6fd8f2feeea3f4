package dev.quicklime.torch;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.files.card.ModelFacts;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ModelFileKind;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Opens model files of either kind. */
public final class Models {

  private Models() {}

  /**
   * Opens a model file with what its card says of it.
   *
   * @throws InvalidInputException if there is no such file, or if the options contradict it
   * @throws QuicklimeException if it is no model, if its card contradicts it, or if the device is
   *     not there
   */
  public static PipelinedClassifier open(Path file, ModelOptions options) {
    return open(file, options, card(file));
  }

  /**
   * What is known of a model file from the card beside it. What that does not say, or all where
   * there is no card, is ImageNet's input and no labels; a compiled package's own width and height
   * go before.
   *
   * @throws QuicklimeException if the card is there but cannot be read or is wrong
   */
  public static ModelCard card(Path file) {
    Objects.requireNonNull(file, "file");
    return ModelCard.beside(file, input(file));
  }

  /**
   * Opens a model file: a package of compiled code where it holds one, else TorchScript. The name
   * decides only where the content does not.
   *
   * @param card what is known of it; it must not contradict the file
   * @throws InvalidInputException if there is no such file, or if the options contradict it
   * @throws QuicklimeException if it is no model, if the card contradicts it, or if the device is
   *     not there
   */
  public static PipelinedClassifier open(Path file, ModelOptions options, ModelCard card) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(card, "card");
    boolean compiled = compiled(file);
    ModelFileKind kind = ModelFileKind.of(file);
    if (!compiled && !kind.unknown() && kind != ModelFileKind.TORCH_SCRIPT) {
      throw new QuicklimeException(
          kind.instead(file, "a TorchScript file or a package of compiled code"));
    }
    String format = card.facts().format();
    String own = compiled ? ModelFacts.AOT_INDUCTOR : ModelFacts.TORCH_SCRIPT;
    if (format != null && !format.equals(own)) {
      throw new QuicklimeException(
          "the format of %s must be %s, got %s in the JSON file beside it"
              .formatted(file, own, format));
    }
    return compiled ? AotPackage.open(file, options, card) : TorchScript.open(file, options);
  }

  /** ImageNet's input, of the size that a package was compiled for where the file is one. */
  private static Preprocessing input(Path file) {
    Preprocessing standard = Preprocessing.imageNet();
    if (!PackageFile.recognises(file)) {
      return standard;
    }
    try {
      PackageFile found = PackageFile.read(file);
      PackageInput input = PackageInput.of(found.wrapper(), found.metadata());
      return standard.withSize(input.width(), input.height());
    } catch (QuicklimeException | InvalidInputException e) {
      // Opening it says what is wrong with it.
      return standard;
    }
  }

  /**
   * Whether a file is a package of compiled code rather than TorchScript, as far as one can see.
   */
  public static boolean compiled(Path file) {
    Objects.requireNonNull(file, "file");
    ModelFileKind kind = ModelFileKind.of(file);
    return kind == ModelFileKind.COMPILED_PACKAGE
        || (kind.unknown()
            && Files.isRegularFile(file)
            && file.toString().toLowerCase(Locale.ROOT).endsWith(".pt2"));
  }
}

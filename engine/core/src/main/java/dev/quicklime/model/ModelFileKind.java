package dev.quicklime.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a file or folder that somebody takes for a model is, by its content and never by its name.
 * Neither is any of it run, nor is more read of it than its beginning, its table of contents and,
 * of a protocol buffer, the numbers of its fields.
 */
public enum ModelFileKind {
  /** As {@code torch.jit.save} writes it. */
  TORCH_SCRIPT("a TorchScript file", ""),
  /** As {@code torch._inductor.aoti_compile_and_package} writes it. */
  COMPILED_PACKAGE("a package of compiled code", ""),
  /** As {@code torch.export.save} writes it: a graph that is not compiled. */
  EXPORTED_PROGRAM(
      "an archive of torch.export, a graph that is not compiled",
      "compile it in Python with torch._inductor.aoti_compile_and_package(torch.export.load(FILE)),"
          + " or write ONNX of it with torch.onnx.export"),
  /** Named tensors as {@code torch.save} writes them, also within a checkpoint. */
  STATE_DICT(
      "a state dict of torch.save, weights without their network",
      "a ResNet's can be imported; any other network is put together in Python and written by"
          + " torch.jit.save or torch.onnx.export"),
  /** A network as {@code torch.save} pickles it, which only its own Python code can read. */
  PICKLED_MODULE(
      "a network pickled by torch.save",
      "load it in Python, with its own code, and write it by torch.jit.save or torch.onnx.export"),
  /** Anything that {@code torch.save} wrote before version 1.6. */
  OLD_TORCH(
      "a file as torch.save wrote it before PyTorch 1.6",
      "load it in Python and write it by torch.jit.save if it is a network, by torch.save if it is"
          + " a state dict"),
  /** Named tensors as safetensors. */
  SAFETENSORS(
      "safetensors, weights without their network",
      "a ResNet's can be imported; any other network is put together in Python and written by"
          + " torch.jit.save or torch.onnx.export"),
  /** The index of weights that are spread over several files. */
  WEIGHTS_INDEX(
      "the index of weights in several files",
      "a ResNet's can be imported; any other network is put together in Python and written by"
          + " torch.jit.save or torch.onnx.export"),
  /** A protocol buffer of ONNX. */
  ONNX("an ONNX file", "ONNX Runtime runs it, of the module quicklime-onnx"),
  /** ONNX Runtime's own format. */
  ORT("a file in ONNX Runtime's own format", "take the ONNX file that it was made from"),
  /** HDF5, where Keras kept networks and weights for long. */
  HDF5(
      "an HDF5 file, as Keras writes it",
      "write ONNX of it in Python, with model.export(FILE, format=\"onnx\") of Keras or with"
          + " tf2onnx"),
  /** The zip archive of Keras 3. */
  KERAS(
      "a Keras file",
      "write ONNX of it in Python, with model.export(FILE, format=\"onnx\") of Keras or with"
          + " tf2onnx"),
  /** The folder of TensorFlow, or the protocol buffer in it. */
  SAVED_MODEL("a SavedModel of TensorFlow", "write ONNX of it in Python with tf2onnx"),
  /** A flat buffer of TensorFlow Lite. */
  TFLITE("a TensorFlow Lite file", "write ONNX of it in Python with tf2onnx"),
  /** A plan that TensorRT built for one GPU. */
  TENSOR_RT("a TensorRT engine", "take the model that it was built from, for instance as ONNX"),
  /** A protocol buffer of Core ML, or the folder around it. */
  CORE_ML("a Core ML model", "take the model that it was built from, for instance as ONNX"),
  /** The description of a network by OpenVINO. */
  OPEN_VINO("an OpenVINO model", "take the model that it was built from, for instance as ONNX"),
  /** Weights as llama.cpp keeps them. */
  GGUF("a GGUF file", "take a model that classifies pictures or rows, for instance as ONNX"),
  /** A pickle that torch.save did not write, for instance scikit-learn's. */
  PICKLE(
      "a pickle of Python",
      "load it in Python and write ONNX of it, for scikit-learn with skl2onnx"),
  /** What Git leaves where a large file was not fetched. */
  LFS_POINTER("a pointer of Git LFS, not the file itself", "fetch the file with git lfs pull"),
  /** What a browser is shown, for instance in the place of a download. */
  WEB_PAGE("a web page", "download the file again"),
  /** A flat buffer of ExecuTorch. */
  EXECU_TORCH(
      "an ExecuTorch program", "take the model that it was made from, for instance as ONNX"),
  /** What TorchServe keeps a model and its handler in. */
  TORCH_SERVE("an archive of TorchServe", "unzip it and take the model in it"),
  /** A file or an archive that was compressed, or a tape archive. */
  PACKED("a packed or compressed file", "unpack it and take the model in it"),
  /** An array as NumPy writes it, or several. */
  NUMPY("arrays of NumPy", "put the network together in Python and write it as ONNX"),
  /** What a model is shown. */
  PICTURE("a picture", "take the file of the model"),
  /** Letters and nothing else, for instance a program or names of classes. */
  TEXT("a text", "take the file of the model"),
  /** A zip archive without an end. */
  CUT_OFF("a zip archive that is cut off", "write or download it again"),
  /** A zip archive of something else. */
  ZIP("a zip archive of something else", ""),
  /** There is nothing in it. */
  EMPTY("an empty file", "write or download it again"),
  /** A folder of something else. */
  FOLDER("a folder", "name the file in it"),
  /** There is no such file. */
  MISSING("nothing", ""),
  /** None of these. */
  OTHER("a file of another kind", "");

  private final String words;
  private final String remedy;

  ModelFileKind(String words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  /** What messages call it, with its article. */
  public String words() {
    return words;
  }

  /** What can be done about it where something else is wanted, or nothing. */
  public String remedy() {
    return remedy;
  }

  /**
   * Says of a file of this kind that something else is wanted, and how to come by that.
   *
   * @param wanted what it should be, with its article
   * @return one line
   */
  public String instead(Path file, String wanted) {
    return "model %s must be %s, got %s%s"
        .formatted(file, wanted, words, remedy.isEmpty() ? "" : "; " + remedy);
  }

  /** Whether PyTorch or what belongs to it wrote the file, weights included. */
  public boolean ofTorch() {
    return switch (this) {
      case TORCH_SCRIPT,
          COMPILED_PACKAGE,
          EXPORTED_PROGRAM,
          STATE_DICT,
          PICKLED_MODULE,
          OLD_TORCH,
          SAFETENSORS,
          WEIGHTS_INDEX ->
          true;
      default -> false;
    };
  }

  /** Whether the content says nothing, so that the name may decide. */
  public boolean unknown() {
    return switch (this) {
      case ZIP, EMPTY, FOLDER, MISSING, OTHER -> true;
      default -> false;
    };
  }

  /** Looks at a file or folder; one that cannot be read is {@link #OTHER}. */
  public static ModelFileKind of(Path file) {
    Objects.requireNonNull(file, "file");
    if (Files.notExists(file)) {
      return MISSING;
    }
    try {
      return Files.isDirectory(file) ? folder(file) : ModelFileContent.kind(file);
    } catch (IOException e) {
      return OTHER;
    }
  }

  private static ModelFileKind folder(Path folder) {
    if (Files.isRegularFile(folder.resolve("saved_model.pb"))) {
      return SAVED_MODEL;
    }
    return Files.isRegularFile(folder.resolve("Manifest.json"))
            && Files.isDirectory(folder.resolve("Data"))
        ? CORE_ML
        : FOLDER;
  }
}

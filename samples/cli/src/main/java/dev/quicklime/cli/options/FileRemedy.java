package dev.quicklime.cli.options;

import dev.quicklime.cli.options.WrongFile.Use;
import dev.quicklime.model.ModelFileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What to do about a file that a command does not take, as a line for a shell.
 *
 * @param file that was given
 * @param use what it was given for
 */
record FileRemedy(Path file, Use use) {

  private static final String EXPORT = "python samples/export/export_model.py ";

  /** What models and weights are usually called. */
  private static final List<String> NAMES =
      List.of(".onnx", ".pt2", ".pt", ".safetensors", ".pth", ".bin", ".h5", ".keras", ".tflite");

  String of(ModelFileKind kind) {
    String words =
        switch (kind) {
          case TORCH_SCRIPT, COMPILED_PACKAGE, ONNX -> model(kind);
          case EXPORTED_PROGRAM -> exported();
          case STATE_DICT, SAFETENSORS, WEIGHTS_INDEX -> weights();
          case PICKLED_MODULE -> pickled();
          case OLD_TORCH ->
              "write it anew: "
                  + python(
                      "torch.save(torch.load(%s, map_location='cpu'), %s)"
                          .formatted(given(), made("-new.pth")));
          case HDF5, KERAS ->
              "write ONNX of it: python -c \"import keras; keras.models.load_model(%s).export(%s, format='onnx')\""
                  .formatted(given(), made(".onnx"));
          case SAVED_MODEL -> tensorflow("saved-model", savedModel());
          case TFLITE -> tensorflow("tflite", file.toString());
          case LFS_POINTER -> "fetch it: git lfs pull --include " + shell(file.toString());
          case FOLDER -> folder();
          case PICTURE ->
              use == Use.PICTURES || use == Use.GRADIENTS
                  ? "pictures come without an option: samples/quicklime %s %s --model MODEL"
                      .formatted(
                          use == Use.PICTURES ? "explain" : "gradcam", shell(file.toString()))
                  : usual();
          case TEXT ->
              name().endsWith(".py")
                  ? "write the network that it builds: "
                      + EXPORT
                      + shell(file.toString())
                      + " --out FOLDER"
                  : usual();
          case ZIP, NUMPY -> usual();
          default -> kind.remedy();
        };
    return words.isEmpty() ? usual() : words;
  }

  private String usual() {
    return switch (use) {
      case PICTURES, GRADIENTS -> "a model is written by " + EXPORT + "MODEL --out FOLDER";
      case ROWS ->
          "a model is written by "
              + python("torch.jit.trace(NETWORK, ROWS).save('model.pt')")
              + " where your network is";
      case WEIGHTS ->
          "weights are written by "
              + python("torch.save(NETWORK.state_dict(), 'weights.pth')")
              + " where your network is";
    };
  }

  private String model(ModelFileKind kind) {
    return switch (use) {
      case WEIGHTS ->
          "it needs no import: samples/quicklime explain PICTURE --model " + shell(file.toString());
      case GRADIENTS ->
          "gradients need TorchScript or ONNX: " + EXPORT + "MODEL --formats pt --out FOLDER";
      default ->
          kind == ModelFileKind.COMPILED_PACKAGE
              ? "packages take pictures alone: " + usual()
              : usual();
    };
  }

  private String exported() {
    return switch (use) {
      case PICTURES ->
          "compile it: "
              + python(
                  "torch._inductor.aoti_compile_and_package(torch.export.load(%s), package_path=%s)"
                      .formatted(given(), made("-compiled.pt2")));
      case ROWS ->
          "write ONNX of it: "
              + python(
                  "torch.onnx.export(torch.export.load(%s), f=%s)"
                      .formatted(given(), made(".onnx")));
      case GRADIENTS -> "trace it: " + traced("torch.export.load(%s).module()");
      case WEIGHTS ->
          "take its weights out: "
              + python(
                  "torch.save(torch.export.load(%s).state_dict, %s)"
                      .formatted(given(), made("-weights.pth")));
    };
  }

  private String weights() {
    return use == Use.ROWS
        ? "load them into their network and write that: "
            + python("torch.jit.trace(NETWORK, ROWS).save('model.pt')")
        : "for a ResNet: samples/quicklime import --arch resnet50 --weights %s --out %s; for another network: %sMODEL --weights %s --out FOLDER"
            .formatted(
                shell(file.toString()), shell(base() + ".pt"), EXPORT, shell(file.toString()));
  }

  private String pickled() {
    return switch (use) {
      case PICTURES, GRADIENTS ->
          "where its own code is, and if you trust the file, which runs code, write TorchScript: "
              + traced("torch.load(%s, weights_only=False).eval()");
      case ROWS ->
          "where its own code is, and if you trust the file, which runs code, write TorchScript: "
              + python(
                  "torch.jit.trace(torch.load(%s, weights_only=False).eval(), torch.zeros(1, INPUTS)).save(%s)"
                      .formatted(given(), made("-script.pt")));
      case WEIGHTS ->
          "where its own code is, and if you trust the file, which runs code, save the tensors"
              + " alone: "
              + python(
                  "torch.save(torch.load(%s, weights_only=False).state_dict(), %s)"
                      .formatted(given(), made("-weights.pth")));
    };
  }

  private String traced(String network) {
    return python(
        "torch.jit.trace(%s, torch.zeros(1, 3, 224, 224)).save(%s)"
            .formatted(String.format(Locale.ROOT, network, given()), made("-script.pt")));
  }

  private String tensorflow(String kind, String from) {
    return "write ONNX of it: python -m tf2onnx.convert --%s %s --output %s"
        .formatted(kind, shell(from), shell(base() + ".onnx"));
  }

  /** The folder that a protocol buffer called so is the middle of. */
  private String savedModel() {
    Path folder = file.toAbsolutePath().getParent();
    return name().equals("saved_model.pb") && folder != null ? folder.toString() : file.toString();
  }

  private String folder() {
    String option = use == Use.WEIGHTS ? "--weights " : "--model ";
    try (Stream<Path> files = Files.list(file)) {
      List<Path> inside = files.filter(Files::isRegularFile).sorted().toList();
      return NAMES.stream()
          .flatMap(
              ending ->
                  inside.stream()
                      .filter(path -> path.toString().toLowerCase(Locale.ROOT).endsWith(ending)))
          .findFirst()
          .map(path -> "name the file in it: " + option + shell(path.toString()))
          .orElse("name the file in it, here there is none that is called as models are");
    } catch (IOException e) {
      return "name the file in it";
    }
  }

  private static String python(String line) {
    return "python -c \"import torch; %s\"".formatted(line);
  }

  private String name() {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** The file's path without its ending. */
  private String base() {
    String path = file.toString();
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }

  private String given() {
    return inPython(file.toString());
  }

  private String made(String ending) {
    return inPython(base() + ending);
  }

  /** As Python writes a text, within double quotes of a shell. */
  private static String inPython(String path) {
    return "'" + path.replaceAll("([\\\\'])", "\\\\$1").replaceAll("([\"$`\\\\])", "\\\\$1") + "'";
  }

  private static String shell(String word) {
    return word.matches("[\\w./+:@%,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

package dev.quicklime.cli.doctor;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.onnx.OnnxEnvironment;
import dev.quicklime.report.print.Browser;
import dev.quicklime.torch.TorchEnvironment;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at every part that an explanation needs, each by itself. */
public final class Examination {
  private static final long MIB = 1L << 20;

  /** What the unpacked native code takes, with room to spare. */
  private static final long CACHE_NEED = 1024 * MIB;

  private Examination() {}

  static List<Finding> all() {
    List<Finding> all = new ArrayList<>(ofEngine());
    all.add(fonts());
    all.add(browser());
    all.add(maven());
    return all;
  }

  /** Looks at what explaining itself needs, in the order of one thing's need of another. */
  public static List<Finding> ofEngine() {
    return List.of(
        found("JDK", () -> Environment.jdk() + ", " + System.getProperty("java.home")),
        found("CPU", () -> Environment.cpu() + ", " + Environment.cores() + " cores"),
        threads(System.getenv("OMP_NUM_THREADS")),
        waiting(Environment.waitPolicy()),
        vectors(),
        // Before the parts that unpack themselves into it.
        cache(Environment::nativeCache),
        found("OpenCV", Environment::openCv),
        found("libtorch", Examination::torch),
        found("ONNX Runtime", OnnxEnvironment::version),
        cuda());
  }

  /**
   * Asks for a part.
   *
   * @param question that throws where the part is not there
   */
  static Finding found(String part, Supplier<String> question) {
    try {
      return new Finding(Finding.State.OK, part, question.get());
    } catch (QuicklimeException e) {
      return new Finding(Finding.State.MISSING, part, String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      // A jar that is not there.
      return new Finding(Finding.State.MISSING, part, e.toString());
    }
  }

  private static String torch() {
    return TorchEnvironment.version()
        + ", "
        + TorchEnvironment.threads()
        + " threads, "
        + TorchEnvironment.cpuCapability();
  }

  /**
   * What a forward pass has.
   *
   * @param asked what {@code OMP_NUM_THREADS} says, or null
   */
  static Finding threads(@Nullable String asked) {
    int threads = Environment.threads();
    String why =
        asked == null
            ? "one for each processor that the JVM may use"
            : "with OMP_NUM_THREADS=" + asked + ", on " + Environment.cores() + " processors";
    return new Finding(Finding.State.OK, "Threads", threads + " for a forward pass, " + why);
  }

  /**
   * How those threads wait for each other.
   *
   * @param policy of {@link Environment#waitPolicy}
   */
  static Finding waiting(Optional<String> policy) {
    String how =
        policy
            .map(
                said ->
                    said.equals("OMP_WAIT_POLICY=PASSIVE")
                        ? "asleep, which spares others on the machine (" + said + ")"
                        : "as " + said + " says; without it asleep")
            .orElse("as OpenMP does by itself");
    return new Finding(Finding.State.OK, "Waiting", "threads wait for each other " + how);
  }

  private static Finding vectors() {
    Finding.State state = Environment.vectorBits() > 0 ? Finding.State.OK : Finding.State.NONE;
    return new Finding(state, "Kernels", Environment.kernels());
  }

  static Finding cache(Supplier<Path> question) {
    try {
      Path folder = question.get();
      long used = size(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      String detail = folder + ", " + used / MIB + " MiB used, " + free / MIB + " MiB free";
      if (!Files.isWritable(folder)) {
        return new Finding(Finding.State.MISSING, "Cache", detail + "; it must be writable");
      }
      return used + free < CACHE_NEED
          ? new Finding(
              Finding.State.MISSING,
              "Cache",
              detail + "; native code needs " + CACHE_NEED / MIB + " MiB")
          : new Finding(Finding.State.OK, "Cache", detail);
    } catch (QuicklimeException | IOException e) {
      return new Finding(Finding.State.MISSING, "Cache", String.valueOf(e.getMessage()));
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }

  private static Finding cuda() {
    return switch (state()) {
      case AVAILABLE ->
          new Finding(Finding.State.OK, "CUDA", TorchEnvironment.cuda().devices() + " devices");
      case NO_DEVICE ->
          new Finding(
              Finding.State.NONE,
              "CUDA",
              "not usable: nvidia-smi must list a device, and LD_LIBRARY_PATH hold CUDA 13 and"
                  + " cuDNN 9");
      case NOT_BUILT_IN ->
          new Finding(
              Finding.State.NONE, "CUDA", "not in this build; QUICKLIME_PROFILE=cuda builds it in");
    };
  }

  private static TorchEnvironment.Cuda.State state() {
    try {
      return TorchEnvironment.cuda().state();
    } catch (QuicklimeException e) {
      return TorchEnvironment.Cuda.State.NO_DEVICE;
    }
  }

  /**
   * Figures carry text, and a Java without the system's font libraries fails only when it draws
   * some.
   */
  private static Finding fonts() {
    try {
      BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 20);
      graphics.setFont(font);
      graphics.setColor(Color.WHITE);
      graphics.drawString("lime", 2, 24);
      graphics.dispose();
      int[] pixels = image.getRGB(0, 0, 64, 32, null, 0, 64);
      if (Arrays.stream(pixels).anyMatch(pixel -> (pixel & 0xff) > 128)) {
        return new Finding(Finding.State.OK, "Fonts", "text can be drawn");
      }
      return noFonts("text is drawn empty");
    } catch (RuntimeException | LinkageError | InternalError e) {
      return noFonts(e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  private static Finding noFonts(String why) {
    return new Finding(
        Finding.State.MISSING, "Fonts", why + "; apt-get install fontconfig fonts-dejavu-core");
  }

  private static Finding browser() {
    try {
      Browser browser = Browser.find();
      return browser == null
          ? new Finding(
              Finding.State.NONE,
              "Browser",
              "none found; only the PDF of a study needs one: apt-get install chromium")
          : new Finding(Finding.State.OK, "Browser", browser.executable().toString());
    } catch (InvalidInputException e) {
      return new Finding(Finding.State.MISSING, "Browser", String.valueOf(e.getMessage()));
    }
  }

  private static Finding maven() {
    Optional<Path> mvn =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> Stream.of("mvn", "mvn.cmd").map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    return mvn.map(path -> new Finding(Finding.State.OK, "Maven", path.toString()))
        .orElseGet(
            () -> new Finding(Finding.State.NONE, "Maven", "not on PATH; only building needs it"));
  }
}

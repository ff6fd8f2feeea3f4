package dev.quicklime.cli.run;

import dev.quicklime.Environment;
import dev.quicklime.QuicklimeException;
import dev.quicklime.onnx.OnnxEnvironment;
import dev.quicklime.torch.TorchEnvironment;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Loads native code while the command line is read, and compiles kernels while the rest of it is
 * waited for. What fails here is left for whoever needs it, so that errors come in the order they
 * always have.
 */
public final class HeadStart {

  /** A first start unpacks native code for longer; that may be cut off. */
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private static final List<String> NO_WORK =
      List.of("-h", "--help", "-V", "--version", "--list-presets");

  private static final List<String> BEGUN_EARLY = List.of("explain", "study", "serve");

  private static @Nullable HeadStart running;

  private final boolean onnx;
  private final Thread loading = new Thread(this::load, "native-code");

  private HeadStart(boolean onnx) {
    this.onnx = onnx;
  }

  /** Whether these arguments will need native code, unless something is wrong with them. */
  public static boolean pays(List<String> args) {
    return !args.isEmpty()
        && BEGUN_EARLY.contains(args.getFirst())
        && args.stream().noneMatch(NO_WORK::contains);
  }

  /** Whether it is ONNX Runtime that they will need, as far as names of files tell. */
  public static boolean needsOnnx(List<String> args) {
    return args.stream().anyMatch(arg -> arg.toLowerCase(Locale.ROOT).endsWith(".onnx"));
  }

  /**
   * Begins, once for a process.
   *
   * @param onnx whether the model needs ONNX Runtime, else it is libtorch
   */
  public static synchronized void begin(boolean onnx) {
    if (running != null) {
      return;
    }
    HeadStart start = new HeadStart(onnx);
    // Two threads that log at once as the first would make SLF4J say so on stderr.
    LoggerFactory.getILoggerFactory();
    try {
      // Ending the process tears libraries down, which must not happen while they are set up.
      Runtime.getRuntime().addShutdownHook(new Thread(start::settle, "native-code-end"));
    } catch (IllegalStateException e) {
      // The process is ending already.
      return;
    }
    running = start;
    start.loading.setDaemon(true);
    start.loading.start();
  }

  /**
   * Begins to compile kernels and waits until native code is loaded or has failed to be, having
   * begun that where nobody has. An interrupted thread does not wait.
   *
   * @param onnx as of {@link #begin}
   */
  public static void finish(boolean onnx) {
    begin(onnx);
    HeadStart start = running();
    // Not before: a third thread would keep the two that everything waits for from their
    // processors.
    Thread.ofPlatform().daemon().name("warm-up").start(Environment::warmUpKernels);
    if (start != null) {
      start.join(0);
    }
  }

  private static synchronized @Nullable HeadStart running() {
    return running;
  }

  private void load() {
    try {
      if (onnx) {
        OnnxEnvironment.loadNativeCode();
      } else {
        TorchEnvironment.loadNativeCode();
      }
      TimeLine.reached("native code is loaded");
    } catch (QuicklimeException | LinkageError e) {
      TimeLine.reached("native code is missing");
    }
  }

  private void settle() {
    join(PATIENCE_MILLIS);
  }

  private void join(long most) {
    try {
      loading.join(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

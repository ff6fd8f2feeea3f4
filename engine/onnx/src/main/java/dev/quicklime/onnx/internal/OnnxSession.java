package dev.quicklime.onnx.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.quicklime.internal.scoring.OutputChoice.Output;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A model that ONNX Runtime has loaded. Passes take turns, so that each has all threads. Closing it
 * while a pass is under way lets that come to its end.
 */
public final class OnnxSession implements AutoCloseable {

  /**
   * Entries that ONNX Runtime would take as well if they were misspelt, and ignore. Its threads
   * must not spin after a pass: the next thing that this process does is compose, on as many cores.
   */
  static final Map<String, String> CONFIGURATION =
      Map.of(
          "session.intra_op.allow_spinning", "0",
          "session.inter_op.allow_spinning", "0");

  /** Names the folder of weights for a model that has no file of its own. */
  private static final String WEIGHTS = "session.model_external_initializers_file_folder_path";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Lifeline life;
  private final ReentrantLock turns = new ReentrantLock();

  private OnnxSession(String name, OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
    this.life = new Lifeline("model " + name, () -> close(session));
  }

  /** Makes a session of a file or of bytes. */
  @FunctionalInterface
  private interface Maker {
    OrtSession make(OrtEnvironment environment, SessionOptions options) throws OrtException;
  }

  /**
   * Loads a model file.
   *
   * @param name what messages call it
   * @param file an ONNX file, whose files of weights lie beside it
   * @param threads threads of a pass, ≥ 1
   * @throws OnnxException if ONNX Runtime refuses it
   */
  public static OnnxSession open(String name, Path file, int threads) {
    return make(name, threads, (ort, options) -> ort.createSession(file.toString(), options));
  }

  /**
   * Loads a model from memory.
   *
   * @param model an ONNX file's bytes, free for other use on return
   */
  public static OnnxSession of(String name, byte[] model, int threads) {
    return make(name, threads, (ort, options) -> ort.createSession(model, options));
  }

  /**
   * Loads a model from memory whose weights lie in files.
   *
   * @param model an ONNX file's bytes, free for other use on return
   * @param folder where the files of weights lie
   */
  public static OnnxSession of(String name, byte[] model, Path folder, int threads) {
    return make(
        name,
        threads,
        (ort, options) -> {
          options.addConfigEntry(WEIGHTS, folder.toString());
          return ort.createSession(model, options);
        });
  }

  private static OnnxSession make(String name, int threads, Maker maker) {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (SessionOptions options = new SessionOptions()) {
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      for (Map.Entry<String, String> entry : CONFIGURATION.entrySet()) {
        options.addConfigEntry(entry.getKey(), entry.getValue());
      }
      return new OnnxSession(name, environment, maker.make(environment, options));
    } catch (OrtException e) {
      throw new OnnxException(e);
    }
  }

  /**
   * One pass.
   *
   * @param input name of the only input
   * @param type its elements
   * @param values off the heap, in the machine's byte order, as many as the shape says; read where
   *     they lie, and left alone until the pass is over by whoever owns them
   * @param shape sizes of its dimensions
   * @param outputs names of those that are computed, or empty for all
   * @param choice which of those that came are wanted, by their indices: floating-point tensors
   * @return those, in the order of the choice
   * @throws OnnxException if the model fails
   * @throws IllegalStateException if this is closed
   */
  public List<OnnxOutput> run(
      String input,
      OnnxElement type,
      MemorySegment values,
      long[] shape,
      Set<String> outputs,
      Function<List<Output>, List<Integer>> choice) {
    if (!values.isNative()) {
      throw new IllegalArgumentException("values must lie off the heap");
    }
    turns.lock();
    try (Lifeline.Use _ = life.use()) {
      // A buffer begins as big-endian, whatever the machine is, and would be read as if it were
      // not.
      ByteBuffer bytes = values.asByteBuffer().order(ByteOrder.nativeOrder());
      try (OnnxTensor tensor = OnnxTensor.createTensor(environment, bytes, shape, type.java());
          OrtSession.Result result =
              outputs.isEmpty()
                  ? session.run(Map.of(input, tensor))
                  : session.run(Map.of(input, tensor), outputs)) {
        return chosen(result, choice);
      }
    } catch (OrtException e) {
      throw new OnnxException(e);
    } finally {
      turns.unlock();
    }
  }

  private static List<OnnxOutput> chosen(
      OrtSession.Result result, Function<List<Output>, List<Integer>> choice) {
    List<Output> all = new ArrayList<>();
    for (Map.Entry<String, OnnxValue> entry : result) {
      all.add(Returned.describe(entry.getKey(), entry.getValue()));
    }
    return choice.apply(List.copyOf(all)).stream()
        .map(index -> Returned.read(all.get(index).name(), result.get(index)))
        .toList();
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxException(e);
    }
  }

  /** Frees the model, as soon as no pass uses it; further calls do nothing. */
  @Override
  public void close() {
    life.close();
  }
}

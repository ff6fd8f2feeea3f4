package dev.quicklime.internal.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Quicklime wants of the JVM's options, and what it got. */
public final class JvmOptions {
  private static final String VECTORS = "jdk.incubator.vector";
  private static final String JAVACPP = "org.bytedeco.javacpp.";
  private static final int MIB = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(JvmOptions.class);

  /** Asked before native code is loaded, for the JVM grants access with the warning it prints. */
  private static final boolean NATIVE_ACCESS = JvmOptions.class.getModule().isNativeAccessEnabled();

  private static final AtomicBoolean REPORTED = new AtomicBoolean();
  private static final AtomicBoolean VECTORS_SAID = new AtomicBoolean();

  /** Whether the user has chosen JavaCPP's limit, whatever it is. */
  private static final boolean LIMIT_CHOSEN =
      isSet("maxPhysicalBytes") || isSet("maxphysicalbytes");

  private static volatile long limit;

  static {
    // JavaCPP would throw an OutOfMemoryError once the process takes four times -Xmx, model
    // included.
    if (!LIMIT_CHOSEN) {
      System.setProperty(JAVACPP + "maxPhysicalBytes", "0");
    }
    // It would print what it has to say.
    if (!isSet("logger")) {
      System.setProperty(JAVACPP + "logger", "slf4j");
    }
  }

  private JvmOptions() {}

  private static boolean isSet(String name) {
    return System.getProperty(JAVACPP + name) != null;
  }

  /**
   * Sets what JavaCPP reads when its classes are loaded, and how threads of native code wait, where
   * the user has set nothing. To be called before the first of those classes is.
   */
  public static void prepare() {
    // The class has done the first when it was loaded.
    WaitPolicy.hold();
  }

  /**
   * How threads of native code wait for each other, as a variable of the environment says it,
   * {@code NAME=VALUE}; null where nothing does. Prepares.
   */
  public static @Nullable String waitPolicy() {
    return WaitPolicy.hold();
  }

  /** Logs all advice as one warning, the first time. To be called once native code is loaded. */
  public static void report() {
    if (REPORTED.compareAndSet(false, true)) {
      if (!LIMIT_CHOSEN) {
        limit = Pointer.maxPhysicalBytes();
      }
      boolean said = vectorsAreMissing() && !isFirstToSayThatVectorsAreMissing();
      List<String> advice = said ? advice().subList(1, advice().size()) : advice();
      if (!advice.isEmpty()) {
        LOG.warn("This JVM could run Quicklime better: {}", String.join("; ", advice));
      }
    }
  }

  /** Whether the JVM was started without the module of vectors. */
  public static boolean vectorsAreMissing() {
    return ModuleLayer.boot().findModule(VECTORS).isEmpty();
  }

  /** Once true, to whoever asks first and then says it: a log needs it once. */
  public static boolean isFirstToSayThatVectorsAreMissing() {
    return VECTORS_SAID.compareAndSet(false, true);
  }

  /**
   * What is off and which option helps, one clause each, that vectors are missing first. It loads
   * nothing.
   */
  public static List<String> advice() {
    List<String> advice = new ArrayList<>();
    if (vectorsAreMissing()) {
      advice.add(
          "its kernels are scalar, and slower than those on vectors: start the JVM with"
              + " --add-modules "
              + VECTORS);
    }
    if (!NATIVE_ACCESS) {
      Module module = JvmOptions.class.getModule();
      advice.add(
          "native access is not granted, of which the JVM warns, and which a later one will refuse:"
              + " start it with --enable-native-access="
              + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
    }
    if (limit > 0) {
      advice.add(
          ("JavaCPP was loaded earlier, and will end a run once the process takes more than %s MiB:"
                  + " start the JVM with -D%smaxPhysicalBytes=0")
              .formatted(limit / MIB, JAVACPP));
    }
    return List.copyOf(advice);
  }
}

package dev.quicklime.internal.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Function;

/** The JVM that runs this. */
final class ThisJvm implements JvmFacts {

  private static final String MANAGEMENT = "jdk.management";

  @Override
  public boolean hasVectorModule() {
    return has(KernelChoice.MODULE);
  }

  @Override
  public Optional<String> missingCompiler() {
    // A runtime image may have been made without it; the properties then have to do.
    Function<String, Optional<String>> options =
        has(MANAGEMENT) ? VmOptions::value : _ -> Optional.empty();
    return missingCompiler(
        System.getProperty("java.vm.name", ""), System.getProperty("java.vm.info", ""), options);
  }

  @Override
  public int vectorBits() {
    return KernelSet.of(Implementation.VECTOR).vectorBits();
  }

  private static boolean has(String module) {
    return ModuleLayer.boot().findModule(module).isPresent();
  }

  /**
   * Why a JVM has no C2 compiler at work, which alone turns vector code into the processor's vector
   * instructions; empty where it has.
   *
   * @param name {@code java.vm.name}
   * @param info {@code java.vm.info}
   * @param options value of a HotSpot option, if it is known; asked only where the name and the
   *     info leave it open, since the answers take some 20 ms
   */
  static Optional<String> missingCompiler(
      String name, String info, Function<String, Optional<String>> options) {
    if (!name.endsWith("Server VM")) {
      return Optional.of("this JVM, " + name + ", has no C2 compiler");
    }
    if (info.contains("interpreted mode")) {
      return Optional.of("the JVM compiles nothing (-Xint)");
    }
    if (info.contains("emulated-client")) {
      return Optional.of("the C2 compiler is off (TieredStopAtLevel or CompilationMode)");
    }
    Optional<String> level = options.apply("TieredStopAtLevel").filter(l -> !l.equals("4"));
    if (level.isPresent()) {
      return Optional.of("the C2 compiler is off (-XX:TieredStopAtLevel=" + level.get() + ")");
    }
    if (options.apply("UseCompiler").equals(Optional.of("false"))) {
      return Optional.of("the JVM compiles nothing (-XX:-UseCompiler)");
    }
    return options.apply("UseJVMCICompiler").equals(Optional.of("true"))
        ? Optional.of("another compiler takes C2's place (-XX:+UseJVMCICompiler)")
        : Optional.empty();
  }

  /** A class of its own, as the JVM may lack what it refers to. */
  private static final class VmOptions {

    private VmOptions() {}

    static Optional<String> value(String option) {
      HotSpotDiagnosticMXBean hotSpot =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      try {
        return Optional.of(hotSpot.getVMOption(option).getValue());
      } catch (IllegalArgumentException e) {
        // This build of HotSpot does not know the option.
        return Optional.empty();
      }
    }
  }
}

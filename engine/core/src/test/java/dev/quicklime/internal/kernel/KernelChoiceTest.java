package dev.quicklime.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.quicklime.InvalidInputException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {

  private static final KernelChoice VECTORS = new KernelChoice(Implementation.VECTOR, "", false);

  /** A JVM that is asked for a width of vectors only where it has the module. */
  private record Jvm(boolean hasVectorModule, Optional<String> missingCompiler, int bits)
      implements JvmFacts {

    private static Jvm of(int bits) {
      return new Jvm(true, Optional.empty(), bits);
    }

    private static Jvm withoutC2(int bits) {
      return new Jvm(true, Optional.of("no C2"), bits);
    }

    private static Jvm withoutModule() {
      return new Jvm(false, Optional.empty(), 512);
    }

    @Override
    public int vectorBits() {
      return hasVectorModule ? bits : fail("the module is not there");
    }
  }

  private static KernelChoice scalar(String reason) {
    return new KernelChoice(Implementation.SCALAR, reason, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512, 2048})
  void shouldTakeVectorsWhereTheyPay(int bits) {
    assertEquals(VECTORS, KernelChoice.of("auto", Jvm.of(bits)));
  }

  @Test
  void shouldBeScalarWithoutTheModule() {
    KernelChoice expected =
        scalar("the JVM was started without --add-modules jdk.incubator.vector");
    assertEquals(expected, KernelChoice.of("auto", Jvm.withoutModule()));
    Jvm nothing = new Jvm(false, Optional.of("no C2"), 64);
    assertEquals(expected, KernelChoice.of("auto", nothing));
  }

  @Test
  void shouldBeScalarWhereNothingCompilesVectorsWell() {
    assertEquals(scalar("no C2"), KernelChoice.of("auto", Jvm.withoutC2(512)));
  }

  @Test
  void shouldBeScalarOnNarrowVectors() {
    KernelChoice expected = scalar("vectors must have at least 128 bits, here they have 64");
    assertEquals(expected, KernelChoice.of("auto", Jvm.of(64)));
    assertEquals(expected, KernelChoice.of("auto", Jvm.withoutC2(64)));
  }

  @Test
  void shouldBeScalarWhereThatIsAskedFor() {
    KernelChoice expected =
        new KernelChoice(
            Implementation.SCALAR, "as asked for by -Ddev.quicklime.kernels=scalar", true);
    assertEquals(expected, KernelChoice.of("scalar", Jvm.of(512)));
    assertEquals(expected, KernelChoice.of("scalar", Jvm.withoutModule()));
  }

  @Test
  void shouldTakeVectorsThatAreAskedForEvenIfTheyAreSlow() {
    KernelChoice expected = new KernelChoice(Implementation.VECTOR, "", true);
    assertEquals(expected, KernelChoice.of("vector", Jvm.of(256)));
    assertEquals(expected, KernelChoice.of("vector", Jvm.withoutC2(128)));
  }

  @Test
  void shouldRefuseVectorsThatCannotBeHad() {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> KernelChoice.of("vector", Jvm.withoutModule()));
    assertEquals(
        "-Ddev.quicklime.kernels=vector cannot be had: the JVM was started without"
            + " --add-modules jdk.incubator.vector",
        e.getMessage());
    e = assertThrows(InvalidInputException.class, () -> KernelChoice.of("vector", Jvm.of(64)));
    assertEquals(
        "-Ddev.quicklime.kernels=vector cannot be had: vectors must have at least 128 bits,"
            + " here they have 64",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Vector", "simd"})
  void shouldRejectAnotherWord(String wanted) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> KernelChoice.of(wanted, Jvm.of(512)));
    assertEquals(
        "dev.quicklime.kernels must be auto, scalar or vector, got " + wanted, e.getMessage());
  }

  /** Columns: name, info, TieredStopAtLevel, UseCompiler, UseJVMCICompiler, what is missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OpenJDK 64-Bit Server VM | mixed mode, sharing | 4 | true | false |
          Java HotSpot(TM) 64-Bit Server VM | compiled mode | 4 | true | false |
          OpenJDK 64-Bit Server VM | mixed mode, sharing | | | |
          OpenJDK 64-Bit Server VM | interpreted mode, sharing | 4 | false | false | the JVM compiles nothing (-Xint)
          OpenJDK 64-Bit Server VM | mixed mode, emulated-client | 1 | true | false | the C2 compiler is off (TieredStopAtLevel or CompilationMode)
          OpenJDK 64-Bit Server VM | mixed mode | 3 | true | false | the C2 compiler is off (-XX:TieredStopAtLevel=3)
          OpenJDK 64-Bit Server VM | mixed mode | 0 | false | false | the C2 compiler is off (-XX:TieredStopAtLevel=0)
          OpenJDK 64-Bit Server VM | mixed mode | 4 | false | false | the JVM compiles nothing (-XX:-UseCompiler)
          OpenJDK 64-Bit Server VM | mixed mode | 4 | true | true | another compiler takes C2's place (-XX:+UseJVMCICompiler)
          OpenJDK 64-Bit Client VM | mixed mode | 1 | true | | this JVM, OpenJDK 64-Bit Client VM, has no C2 compiler
          OpenJDK 64-Bit Zero VM | interpreted mode | | | | this JVM, OpenJDK 64-Bit Zero VM, has no C2 compiler
          Substrate VM | static mode | | | | this JVM, Substrate VM, has no C2 compiler
          """)
  void shouldTellWhyNoCompilerMakesVectorsFast(
      String name, String info, String level, String compiler, String jvmci, String missing) {
    assertEquals(
        Optional.ofNullable(missing),
        ThisJvm.missingCompiler(
            name,
            info,
            option ->
                Optional.ofNullable(
                    switch (option) {
                      case "TieredStopAtLevel" -> level;
                      case "UseCompiler" -> compiler;
                      case "UseJVMCICompiler" -> jvmci;
                      default -> fail("asked for " + option);
                    })));
  }
}

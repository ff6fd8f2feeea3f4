package dev.quicklime.internal.kernel;

import java.util.Optional;

/** What the choice of kernels depends on. Each question is asked only where the answer counts. */
interface JvmFacts {

  /** Whether the Vector API's module is there. */
  boolean hasVectorModule();

  /** Why vector code would stay slow, where the JVM's optimizing compiler does not compile it. */
  Optional<String> missingCompiler();

  /** Bits of the vectors that kernels would use; asked only where the module is there. */
  int vectorBits();
}

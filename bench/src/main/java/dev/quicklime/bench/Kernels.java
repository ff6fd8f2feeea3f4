package dev.quicklime.bench;

import dev.quicklime.Environment;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Says in every fork which kernels it measures: a figure for the wrong ones is worse than none. */
@State(Scope.Benchmark)
public class Kernels {
  @Setup(Level.Trial)
  public void announce() {
    System.out.println("# Kernels: " + description());
  }

  static String description() {
    return Environment.kernels();
  }
}

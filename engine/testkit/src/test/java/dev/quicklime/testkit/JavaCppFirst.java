package dev.quicklime.testkit;

import org.bytedeco.javacpp.BytePointer;

/** A program that has used JavaCPP before it explains anything. */
final class JavaCppFirst {
  private JavaCppFirst() {}

  /**
   * As {@link PlainConsumer} does.
   *
   * @param args none
   */
  public static void main(String[] args) {
    try (BytePointer own = new BytePointer(1)) {
      own.put((byte) 1);
    }
    PlainConsumer.main(args);
  }
}

package dev.quicklime.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClassPathTest {

  @Test
  void shouldNotHoldNd4j() {
    assertThrows(
        ClassNotFoundException.class,
        () -> Class.forName("org.nd4j.linalg.factory.Nd4j", false, getClass().getClassLoader()));
  }
}

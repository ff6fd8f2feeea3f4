package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

  @Test
  void shouldReadWhatItPrints() {
    for (String text : new String[] {"auto", "cpu", "cuda:0", "cuda:3"}) {
      assertEquals(text, Device.parse(text).toString());
    }
    assertEquals(Device.parse("cuda:0"), Device.parse("cuda"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:999", "CPU ", "cpu:1"})
  void shouldRefuseOtherWords(String text) {
    assertThrows(IllegalArgumentException.class, () -> Device.parse(text));
  }
}

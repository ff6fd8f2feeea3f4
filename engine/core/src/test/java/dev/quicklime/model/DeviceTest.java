package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

  @Test
  void shouldReadWhatItPrints() {
    for (String text : new String[] {"auto", "cpu", "cuda:0", "cuda:3", "cuda:0,1,5", "cuda:all"}) {
      assertEquals(text, Device.parse(text).toString());
    }
    assertEquals(Device.parse("cuda:0"), Device.parse("cuda"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gpu",
        "cuda:",
        "cuda:-1",
        "cuda:999",
        "CPU ",
        "cpu:1",
        "cuda:0,",
        "cuda:0,0",
        "cuda:1,128",
        "cuda:ALL"
      })
  void shouldRefuseOtherWords(String text) {
    assertThrows(InvalidInputException.class, () -> Device.parse(text));
  }

  @Test
  void shouldTellOneDeviceFromSeveral() {
    assertFalse(Device.auto().several());
    assertFalse(Device.parse("cuda:2").several());
    assertEquals(2, Device.parse("cuda:2").index());
    assertTrue(Device.parse("cuda:2,0").several());
    assertEquals(List.of(2, 0), Device.parse("cuda:2,0").indices());
    assertTrue(Device.parse("cuda:all").several());
    assertThrows(InvalidInputException.class, () -> new Device(Device.Kind.CPU, List.of(0, 1)));
  }
}

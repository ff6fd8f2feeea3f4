package dev.quicklime.torch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FloatTensorsTest {

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  private static torch.ScalarType type(JitModule module, String name) {
    return module.attr(name).toTensor().scalar_type().intern();
  }

  @Test
  void shouldCastFloatingPointTensorsAlone() {
    try (PointerScope _ = new PointerScope()) {
      JitModule module = TestModules.inFormat("Half");
      assertEquals("half", FloatTensors.cast(module, torch.ScalarType.BFloat16));
      for (String name : new String[] {"a", "again", "w", "bias", "shift"}) {
        assertEquals(torch.ScalarType.BFloat16, type(module, name), name);
      }
      assertEquals(torch.ScalarType.Int, type(module, "order"));
      assertEquals("", FloatTensors.cast(module, torch.ScalarType.BFloat16));
    }
  }

  @Test
  void shouldKeepTensorsShared() {
    try (PointerScope _ = new PointerScope()) {
      JitModule module = TestModules.inFormat("Float");
      FloatTensors.cast(module, torch.ScalarType.BFloat16);
      Tensor one = module.attr("a").toTensor();
      assertTrue(one.is_same(module.attr("again").toTensor()));
    }
  }
}

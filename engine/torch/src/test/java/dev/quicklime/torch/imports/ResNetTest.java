package dev.quicklime.torch.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.architecture.ResNet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {

  /** The published numbers of parameters. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "resnext50_32x4d, 25028904",
    "resnext101_32x8d, 88791336",
    "resnext101_64x4d, 83455272",
    "wide_resnet50_2, 68883240",
    "wide_resnet101_2, 126886696",
  })
  void shouldHaveAsManyParametersAsItsOriginal(String name, long parameters) {
    assertTrue(Architecture.names().contains(name));
    assertEquals(parameters, ModelImport.parameters(Architecture.parse(name), 1000));
  }

  @Test
  void shouldNameItsTensorsAsTorchvisionDoes() {
    Map<String, List<Long>> tensors = ModelImport.tensors(Architecture.parse("resnet50"), 7);
    assertEquals(320, tensors.size());
    assertEquals(List.of(64L, 3L, 7L, 7L), tensors.get("conv1.weight"));
    assertEquals(List.of(64L), tensors.get("bn1.running_mean"));
    assertEquals(List.of(), tensors.get("bn1.num_batches_tracked"));
    assertEquals(List.of(256L, 64L, 1L, 1L), tensors.get("layer1.0.downsample.0.weight"));
    assertEquals(List.of(256L), tensors.get("layer1.0.downsample.1.running_var"));
    assertEquals(List.of(512L, 512L, 3L, 3L), tensors.get("layer4.2.conv2.weight"));
    assertEquals(List.of(7L, 2048L), tensors.get("fc.weight"));
    assertEquals(List.of(7L), tensors.get("fc.bias"));
    assertEquals(122, ModelImport.tensors(Architecture.parse("resnet18"), 7).size());
  }

  @Test
  void shouldListTheNamesThatItKnows() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Architecture.parse("resnet51"));
    assertTrue(e.toString().contains("resnet18, resnet34, resnet50"), e.getMessage());
    assertTrue(e.toString().contains("got resnet51"), e.getMessage());
  }

  @Test
  void shouldRefuseNumbersOfNoNetwork() {
    List<Integer> depths = List.of(1, 1, 1, 1);
    assertThrows(
        InvalidInputException.class,
        () -> new ResNet(ResNet.Block.BASIC, List.of(1, 1, 1), 64, 1, 64));
    assertThrows(
        InvalidInputException.class,
        () -> new ResNet(ResNet.Block.BASIC, List.of(1, 0, 1, 1), 64, 1, 64));
    assertThrows(
        InvalidInputException.class, () -> new ResNet(ResNet.Block.BASIC, depths, 0, 1, 64));
    assertThrows(
        InvalidInputException.class, () -> new ResNet(ResNet.Block.BASIC, depths, 64, 2, 64));
    assertThrows(
        InvalidInputException.class, () -> new ResNet(ResNet.Block.BOTTLENECK, depths, 4, 32, 4));
    assertThrows(
        InvalidInputException.class, () -> ModelImport.tensors(Architecture.parse("resnet18"), 0));
  }
}

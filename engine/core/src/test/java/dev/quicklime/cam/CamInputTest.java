package dev.quicklime.cam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import java.util.List;
import org.junit.jupiter.api.Test;

class CamInputTest {

  private static final Preprocessing INPUT =
      Preprocessing.imageNet()
          .withSize(2, 1)
          .withNormalization(List.of(0.0, 0.0, 1.0), List.of(1 / 255.0, 0.5 / 255, 1.0));

  private static Image picture(int first) {
    byte[] pixels = new byte[6];
    for (int i = 0; i < 6; i++) {
      pixels[i] = (byte) (first + i);
    }
    return Image.of8(2, 1, 3, pixels);
  }

  @Test
  void shouldKeepWhatWasDoneToEachPicture() {
    byte[] gray = {1, 2};
    Image turned = picture(0).withNotice("turned");
    List<List<String>> expected =
        List.of(List.of("turned"), List.of("one channel repeated as red, green and blue"));
    List<Image> both = List.of(turned, Image.of8(2, 1, 1, gray));
    assertEquals(expected, CamInput.pictures(both, INPUT).notices());
    assertEquals(expected, CamInput.video(both, INPUT).notices());
    assertEquals(List.of(), CamInput.of(new float[6], 1, 3, 1, 2).notices());
  }

  @Test
  void shouldPutPicturesChannelByChannelOneAfterTheOther() {
    CamInput input =
        CamInput.pictures(
            List.of(picture(0), picture(10)),
            INPUT.withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
    assertArrayEquals(new int[] {2, 3, 1, 2}, input.shape());
    float[] expected = {0, 3, 1, 4, 2, 5, 10, 13, 11, 14, 12, 15};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] / 255, input.values()[i], 1e-7);
    }
  }

  @Test
  void shouldPutTheFramesOfAVideoWithinItsChannels() {
    CamInput input = CamInput.video(List.of(picture(0), picture(10)), INPUT);
    assertTrue(input.video());
    assertArrayEquals(new int[] {1, 3, 2, 1, 2}, input.shape());
    float[] expected = {0, 3, 10, 13, 2, 8, 22, 28};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], input.values()[i], 1e-4);
    }
    assertEquals(2 / 255.0 - 1, input.values()[8], 1e-6);
  }

  @Test
  void shouldTakeTheOrderOfTheModelsChannels() {
    CamInput input = CamInput.pictures(List.of(picture(0)), INPUT.withOrder(ChannelOrder.BGR));
    assertEquals(2 / 255.0 - 1, input.values()[0], 1e-6);
    assertEquals(3, input.values()[5], 1e-5);
  }

  @Test
  void shouldRefuseWhatIsNoBatch() {
    float[] values = {1};
    CamInput one = CamInput.of(values, 1, 1, 1, 1);
    values[0] = 7;
    one.values()[0] = 7;
    one.shape()[0] = 7;
    assertEquals(1, one.values()[0]);
    assertEquals(1, one.count());
    assertThrows(InvalidInputException.class, () -> CamInput.of(new float[2], 1, 1, 2));
    assertThrows(InvalidInputException.class, () -> CamInput.of(new float[2], 1, 1, 1, 3));
    assertThrows(InvalidInputException.class, () -> CamInput.of(new float[0], 0, 1, 1, 3));
    assertThrows(
        InvalidInputException.class, () -> CamInput.of(new float[] {Float.NaN}, 1, 1, 1, 1));
    assertThrows(InvalidInputException.class, () -> CamInput.pictures(List.of(), INPUT));
  }
}

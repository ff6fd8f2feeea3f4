package dev.quicklime.serve.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.model.Batch;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes to a predictor, and what its answers mean. */
@Timeout(60)
class RemoteScoresTest {

  private static final String TWO = "{\"predictions\":[[0.25,-1],[1e3,7]]}";

  private static String sent(FakePredictor predictor) throws Exception {
    return predictor.asked().getLast().json().toString();
  }

  @Test
  void shouldSendNestedListsOfChannelsRowsAndColumnsByV1() throws Exception {
    try (FakePredictor predictor = FakePredictor.v1(FakePredictor.always(200, TWO))) {
      assertArrayEquals(
          new double[] {0.25, -1, 1000, 7}, FakePredictor.score(predictor.options(), 2));
      assertEquals(
          "{\"instances\":[[[[0.0,1.0]],[[2.0,3.0]],[[4.0,5.0]]],"
              + "[[[6.0,7.0]],[[8.0,9.0]],[[10.0,11.0]]]]}",
          sent(predictor));
      FakePredictor.score(
          predictor.options().withPictures(Layout.NHWC, null).withNames("image", null), 2);
      assertEquals(
          "{\"instances\":[{\"image\":[[[0.0,1.0,2.0],[3.0,4.0,5.0]]]},"
              + "{\"image\":[[[6.0,7.0,8.0],[9.0,10.0,11.0]]]}]}",
          sent(predictor));
    }
  }

  @Test
  void shouldSendWholeLevelsAsWholeNumbers() throws Exception {
    try (FakePredictor predictor = FakePredictor.v1(FakePredictor.always(200, TWO));
        RemoteModel model =
            FakePredictor.found(predictor.options().withPictures(null, TensorType.UINT8), 2);
        Batch batch = model.newBatch()) {
      assertEquals(PixelType.UINT8, model.format().type());
      for (int i = 0; i < 12; i++) {
        batch.pixels().set(ValueLayout.JAVA_BYTE, i, (byte) (244 + i));
      }
      assertEquals(4, model.score(batch, 2).length);
      assertEquals(
          "{\"instances\":[[[[244,245]],[[246,247]],[[248,249]]],"
              + "[[[250,251]],[[252,253]],[[254,255]]]]}",
          sent(predictor));
    }
  }

  @Test
  void shouldTakePredictionsOfEveryForm() throws Exception {
    String[] bodies = {
      "{\"predictions\":[3,4.5]}",
      "{\"predictions\":[[3],[4.5]]}",
      "{\"predictions\":[{\"scores\":[3]},{\"scores\":[4.5]}]}",
      "{\"predictions\":[{\"label\":\"a\",\"y\":[3]},{\"label\":\"b\",\"y\":4.5}],\"more\":{}}",
    };
    for (String body : bodies) {
      try (FakePredictor predictor = FakePredictor.v1(FakePredictor.always(200, body))) {
        PredictorOptions options =
            predictor.options().withNames(null, body.contains("label") ? "y" : null);
        assertArrayEquals(new double[] {3, 4.5}, FakePredictor.score(options, 2), body);
      }
    }
  }

  private static final String TWO_V2 =
      """
      {"outputs":[{"name":"y","shape":[2,2],"datatype":"FP32","data":[0.25,-1,1e3,7]}]}\
      """;

  @Test
  void shouldTakeSizesLayoutAndNumbersFromMetadata() throws Exception {
    record Case(String shape, String type, Layout layout, int width, int height) {}
    for (Case one :
        List.of(
            new Case("[-1,3,5,4]", "FP32", Layout.NCHW, 4, 5),
            new Case("[-1,5,4,3]", "FP32", Layout.NHWC, 4, 5),
            new Case("[-1,3,-1,-1]", "FP16", Layout.NCHW, 2, 1),
            new Case("[-1,-1,-1,3]", "BF16", Layout.NHWC, 2, 1),
            new Case("[-1,-1,-1,-1]", "FP64", Layout.NCHW, 2, 1),
            new Case("[\"-1\",\"3\",\"6\",\"-1\"]", "UINT8", Layout.NCHW, 2, 6),
            new Case("[-1,3,3,3]", "FP32", Layout.NCHW, 3, 3))) {
      try (FakePredictor predictor =
              FakePredictor.v2(
                  FakePredictor.metadata(one.shape(), one.type()), true, (_, _) -> {});
          RemoteModel model = FakePredictor.found(predictor.optionsV2(), 7)) {
        assertEquals(one.layout(), model.format().layout(), one.toString());
        assertEquals(one.width(), model.format().preprocessing().width(), one.toString());
        assertEquals(one.height(), model.format().preprocessing().height(), one.toString());
        assertEquals(7, model.batchSize());
        assertEquals(one.type().toLowerCase(java.util.Locale.ROOT), model.info().precision());
        assertEquals("y", model.info().output());
      }
    }
  }

  @Test
  void shouldSendOneTensorInJsonByV2() throws Exception {
    try (FakePredictor predictor =
        FakePredictor.v2(
            FakePredictor.metadata("[-1,3,-1,-1]", "FP32"),
            false,
            FakePredictor.always(200, TWO_V2))) {
      assertArrayEquals(
          new double[] {0.25, -1, 1000, 7}, FakePredictor.score(predictor.optionsV2(), 2));
      assertEquals(
          "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,3,1,2],\"datatype\":\"FP32\",\"data\":"
              + "[0.0,1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,11.0]}],"
              + "\"outputs\":[{\"name\":\"y\"}]}",
          sent(predictor));
      assertEquals(
          List.of("application/json"), predictor.asked().getLast().headers().get("Content-type"));
    }
  }

  @Test
  void shouldSendEveryNumberAsItIs() throws Exception {
    // Far more of them than are kept as texts, and each of them twice.
    int side = 100;
    try (FakePredictor predictor =
            FakePredictor.v2(
                FakePredictor.metadata("[2,3,%s,%s]".formatted(side, side), "FP32"),
                false,
                FakePredictor.always(200, TWO_V2));
        RemoteModel model = FakePredictor.found(predictor.optionsV2(), 2);
        Batch batch = model.newBatch()) {
      Random random = new Random(1);
      float[] values = new float[3 * side * side];
      for (int i = 0; i < values.length; i++) {
        float value = Float.intBitsToFloat(random.nextInt());
        values[i] = Float.isFinite(value) ? value : i % 256;
        for (int row = 0; row < 2; row++) {
          batch
              .pixels()
              .setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, row * 3L * side * side + i, values[i]);
        }
      }
      assertEquals(4, model.score(batch, 2).length);
      JsonNode data = predictor.asked().getLast().json().path("inputs").get(0).path("data");
      assertEquals(2 * values.length, data.size());
      for (int i = 0; i < data.size(); i++) {
        assertEquals(values[i % values.length], Float.parseFloat(data.get(i).asText()));
      }
    }
  }

  @Test
  void shouldSendBytesWhereThePredictorTakesThem() throws Exception {
    for (String type : List.of("FP32", "FP64")) {
      int size = type.equals("FP32") ? 4 : 8;
      try (FakePredictor predictor =
          FakePredictor.v2(
              FakePredictor.metadata("[-1,3,-1,-1]", type),
              true,
              FakePredictor.always(200, TWO_V2))) {
        assertArrayEquals(
            new double[] {0.25, -1, 1000, 7}, FakePredictor.score(predictor.optionsV2(), 2));
        JsonNode json = predictor.asked().getLast().json();
        JsonNode input = json.path("inputs").get(0);
        assertEquals(12 * size, input.path("parameters").path("binary_data_size").asInt());
        assertFalse(input.has("data"));
        assertTrue(
            json.path("outputs").get(0).path("parameters").path("binary_data").asBoolean(),
            json.toString());
        byte[] all = predictor.asked().getLast().bytes();
        ByteBuffer numbers =
            ByteBuffer.wrap(Arrays.copyOfRange(all, all.length - 12 * size, all.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 12; i++) {
          assertEquals(i, size == 4 ? numbers.getFloat() : numbers.getDouble());
        }
      }
    }
  }

  @Test
  void shouldReadScoresInBytesOfEveryType() throws Exception {
    for (TensorType type :
        List.of(TensorType.FP32, TensorType.FP64, TensorType.FP16, TensorType.BF16)) {
      ByteBuffer scores = ByteBuffer.allocate(4 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (float score : new float[] {0.25f, -1, 8, 7}) {
        switch (type) {
          case FP64 -> scores.putDouble(score);
          case FP16 -> scores.putShort(Float.floatToFloat16(score));
          case BF16 -> scores.putShort((short) (Float.floatToRawIntBits(score) >> 16));
          default -> scores.putFloat(score);
        }
      }
      // What comes before is of another output.
      String header =
          """
          {"outputs":[{"name":"other","shape":[2],"datatype":"INT32",
          "parameters":{"binary_data_size":8}},{"name":"y","shape":[2,2,1,1],"datatype":"%s",
          "parameters":{"binary_data_size":%s}}]}\
          """
              .formatted(type, 4 * type.bytes());
      byte[] head = header.getBytes(StandardCharsets.UTF_8);
      byte[] body = Arrays.copyOf(head, head.length + 8 + scores.capacity());
      System.arraycopy(scores.array(), 0, body, head.length + 8, scores.capacity());
      try (FakePredictor predictor =
          FakePredictor.v2(
              FakePredictor.metadata("[-1,3,-1,-1]", "FP32"),
              true,
              (exchange, _) -> {
                exchange
                    .getResponseHeaders()
                    .set("Inference-Header-Content-Length", Integer.toString(head.length));
                FakePredictor.send(exchange, 200, body);
              })) {
        assertArrayEquals(
            new double[] {0.25, -1, 8, 7},
            FakePredictor.score(predictor.optionsV2(), 2),
            type.toString());
      }
    }
  }

  @Test
  void shouldFillUpABatchOfAPredictorThatHoldsToOne() throws Exception {
    try (FakePredictor predictor =
            FakePredictor.v2(
                FakePredictor.metadata("[3,3,1,2]", "FP32"),
                false,
                FakePredictor.always(
                    200,
                    """
                    {"outputs":[{"name":"y","shape":[3,1],"datatype":"FP32","data":[[1],[2],[2]]}]}\
                    """));
        RemoteModel model = FakePredictor.found(predictor.optionsV2(), 16);
        Batch batch = FakePredictor.counting(model)) {
      assertEquals(3, model.batchSize());
      assertArrayEquals(new double[] {1, 2}, model.score(batch, 2));
      JsonNode input = predictor.asked().getLast().json().path("inputs").get(0);
      assertEquals("[3,3,1,2]", input.path("shape").toString());
      assertEquals(
          "[0.0,1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,11.0,6.0,7.0,8.0,9.0,10.0,11.0]",
          input.path("data").toString());
      assertTrue(
          model.info().decisions().contains("batches of 3, as the predictor says"),
          model.info().decisions().toString());
    }
  }

  @Test
  void shouldTakeAPredictorThatSaysNothingOfItsTensors() throws Exception {
    try (FakePredictor predictor =
        FakePredictor.v2(
            "{\"inputs\":[],\"outputs\":[]}", true, FakePredictor.always(200, TWO_V2))) {
      assertEquals(4, FakePredictor.score(predictor.optionsV2(), 2).length);
      JsonNode json = predictor.asked().getLast().json();
      assertEquals("input-0", json.path("inputs").get(0).path("name").asText());
      assertTrue(json.path("parameters").path("binary_data_output").asBoolean());
      assertFalse(json.has("outputs"));
    }
  }

  @Test
  void shouldChooseTheOutputThatIsNamedOrCalledLogits() throws Exception {
    String metadata =
        """
        {"inputs":[{"name":"x","shape":[-1,3,-1,-1],"datatype":"FP32"}],
        "outputs":[{"name":"boxes","datatype":"FP32"},{"name":"logits","datatype":"FP32"},
        {"name":"names","datatype":"BYTES"}]}\
        """;
    try (FakePredictor predictor = FakePredictor.v2(metadata, false, (_, _) -> {})) {
      for (String[] one : new String[][] {{null, "logits"}, {"boxes", "boxes"}, {"0", "boxes"}}) {
        try (RemoteModel model =
            FakePredictor.found(predictor.optionsV2().withNames(null, one[0]), 2)) {
          assertEquals(one[1], model.info().output());
        }
      }
    }
  }

  @Test
  void shouldSendTheToken() throws Exception {
    try (FakePredictor predictor = FakePredictor.v1(FakePredictor.always(200, TWO))) {
      PredictorOptions options = predictor.options().withToken(PredictorToken.of("s3cret\n"));
      assertEquals(4, FakePredictor.score(options, 2).length);
      assertEquals(
          List.of("Bearer s3cret"), predictor.asked().getLast().headers().get("Authorization"));
      assertFalse(options.toString().contains("s3cret"), options.toString());
    }
  }
}

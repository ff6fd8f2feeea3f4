package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.image.Image;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What V2 answers, over a real port. */
class V2RoutesTest {

  private static final String INFER = "/v2/models/halves/infer";
  private static final int SIDE = TestModels.SIDE;

  private static RunningService service;
  private static JsonNode expected;

  @BeforeAll
  static void start() throws Exception {
    service = RunningService.start();
    expected =
        RunningService.json(service.post("/v1/models/halves:predict", TestModels.body("")))
            .path("predictions")
            .get(0);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void shouldTellItsHealthAndName() throws Exception {
    assertEquals("{\"live\":true}", service.get("/v2/health/live").body());
    assertEquals("{\"ready\":true}", service.get("/v2/health/ready").body());
    JsonNode server = RunningService.json(service.get("/v2"));
    assertEquals("quicklime", server.path("name").asText());
    assertEquals("binary_tensor_data", server.path("extensions").get(0).asText());
  }

  @Test
  void shouldTellWhatAModelTakes() throws Exception {
    JsonNode model = RunningService.json(service.get("/v2/models/halves"));
    assertEquals("halves", model.path("name").asText());
    assertEquals("[-1,16,16,3]", model.path("inputs").get(0).path("shape").toString());
    assertEquals("probabilities", model.path("outputs").get(0).path("name").asText());
    assertTrue(
        RunningService.json(service.get("/v2/models/halves/ready")).path("ready").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTakePicturesInJson(boolean planes) throws Exception {
    byte[] levels = levels(planes);
    StringBuilder numbers = new StringBuilder();
    for (byte level : levels) {
      numbers.append(numbers.isEmpty() ? "" : ",").append(level & 0xff);
    }
    String shape = planes ? "[2,3,16,16]" : "[2,16,16,3]";
    HttpResponse<String> response =
        service.post(
            INFER,
            "{\"id\":\"x1\",\"inputs\":[{\"name\":\"p\",\"shape\":%s,\"datatype\":\"UINT8\",\"data\":[%s,%s]}]}"
                .formatted(shape, numbers, numbers));
    assertEquals(200, response.statusCode(), response.body());
    JsonNode answer = RunningService.json(response);
    assertEquals("x1", answer.path("id").asText());
    assertEquals("halves", answer.path("model_name").asText());
    JsonNode output = answer.path("outputs").get(0);
    assertEquals("[2,3]", output.path("shape").toString());
    for (int i = 0; i < 6; i++) {
      assertEquals(expected.get(i % 3).asDouble(), output.path("data").get(i).asDouble(), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UINT8", "FP32"})
  void shouldTakeAndGiveNumbersInBytes(String type) throws Exception {
    byte[] levels = levels(false);
    ByteBuffer data =
        ByteBuffer.allocate(levels.length * (type.equals("FP32") ? 4 : 1))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (byte level : levels) {
      if (type.equals("FP32")) {
        data.putFloat((level & 0xff) / 255f);
      } else {
        data.put(level);
      }
    }
    byte[] header =
        ("{\"inputs\":[{\"name\":\"p\",\"shape\":[1,16,16,3],\"datatype\":\"%s\",".formatted(type)
                + "\"parameters\":{\"binary_data_size\":%s}}],\"outputs\":[{\"name\":\"probabilities\","
                    .formatted(data.capacity())
                + "\"parameters\":{\"binary_data\":true}}]}")
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(header);
    body.writeBytes(data.array());
    HttpResponse<byte[]> response =
        service
            .client()
            .send(
                service
                    .request(INFER)
                    .header("Inference-Header-Content-Length", Integer.toString(header.length))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    int length =
        Integer.parseInt(
            response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    JsonNode answer = JsonMapper.builder().build().readTree(Arrays.copyOf(response.body(), length));
    JsonNode output = answer.path("outputs").get(0);
    assertEquals(12, output.path("parameters").path("binary_data_size").asInt());
    assertEquals(length + 12, response.body().length);
    ByteBuffer scores = ByteBuffer.wrap(response.body(), length, 12).order(ByteOrder.LITTLE_ENDIAN);
    for (int c = 0; c < 3; c++) {
      assertEquals(expected.get(c).asDouble(), scores.getFloat(), 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}|inputs must be a list of one tensor, got none",
        "{\"inputs\":[]}|inputs must be a list of one tensor, got none",
        "{\"inputs\":[{}]}|inputs[0].shape must be [n, H, W, C] or [n, C, H, W], got none",
        "{\"inputs\":[{\"shape\":[1,2],\"datatype\":\"UINT8\",\"data\":[1]}]}|inputs[0].shape must"
            + " be [n, H, W, C] or [n, C, H, W], got [1, 2]",
        "{\"inputs\":[{\"shape\":[1,8,8,3],\"datatype\":\"INT64\",\"data\":[1]}]}|inputs[0].datatype"
            + " must be UINT8 or FP32, got INT64",
        "{\"inputs\":[{\"shape\":[1,8,8,3],\"datatype\":\"UINT8\",\"data\":[1]}]}|inputs[0].data"
            + " must have 192 numbers for its shape, got 1",
        "{\"inputs\":[{\"shape\":[1,8,8,3],\"datatype\":\"UINT8\"}]}|inputs[0].data must be a list"
            + " of numbers, got none",
        "{\"inputs\":[{\"shape\":[1,1,1,5],\"datatype\":\"UINT8\",\"data\":[1,2,3,4,5]}]}|inputs[0].shape"
            + " must have the model's 3 channels as its last or second size, got [1, 1, 1, 5]",
        "{\"inputs\":[{\"shape\":[1,100000,100000,3],\"datatype\":\"UINT8\",\"data\":[1]}]}|inputs[0].shape"
            + " must be of fewer numbers",
        "{\"inputs\":[{\"shape\":[1,1,1,3],\"datatype\":\"UINT8\",\"data\":[1,2,-3]}]}|inputs[0].data"
            + " must have levels between 0 and 255, got -3.0",
        "{\"inputs\":[{\"shape\":[1,1,1,3],\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":3}}]}|inputs[0].data"
            + " must be a list of numbers, got none; bytes need the header"
            + " Inference-Header-Content-Length",
        "{\"inputs\":[{\"nam\":1}]}|inputs[0] must have name, shape, datatype and data, got nam",
        "{\"inputs\":3}|inputs must be a list of one tensor, got a number",
      })
  void shouldNameTheFieldThatIsWrong(String bodyAndError) throws Exception {
    int bar = bodyAndError.indexOf('|');
    HttpResponse<String> response = service.post(INFER, bodyAndError.substring(0, bar));
    assertEquals(400, response.statusCode(), response.body());
    String error = RunningService.error(response);
    assertTrue(error.startsWith(bodyAndError.substring(bar + 1)), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "99999999999999", "500"})
  void shouldRefuseAWrongLengthOfItsHeader(String length) throws Exception {
    HttpResponse<String> response =
        service.send(
            service
                .request(INFER)
                .header("Inference-Header-Content-Length", length)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertEquals(400, response.statusCode());
    assertTrue(
        RunningService.error(response).startsWith("Inference-Header-Content-Length must be"));
  }

  private static byte[] levels(boolean planes) {
    Image picture = TestModels.picture();
    byte[] levels = picture.toBytes();
    if (!planes) {
      return levels;
    }
    byte[] byPlane = new byte[levels.length];
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int c = 0; c < 3; c++) {
        byPlane[c * SIDE * SIDE + i] = levels[3 * i + c];
      }
    }
    return byPlane;
  }
}

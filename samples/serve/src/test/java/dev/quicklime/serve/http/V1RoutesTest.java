package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.Explanation;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What V1 answers, over a real port. */
class V1RoutesTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";
  private static final String PREDICT = "/v1/models/halves:predict";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void shouldListItsModels() throws Exception {
    HttpResponse<String> response = service.get("/v1/models");
    assertEquals(200, response.statusCode());
    assertEquals("{\"models\":[\"halves\"]}", response.body());
    assertEquals("application/json", response.headers().firstValue("content-type").orElseThrow());
  }

  @Test
  void shouldSayThatAModelIsReady() throws Exception {
    JsonNode answer = RunningService.json(service.get("/v1/models/halves"));
    assertEquals("halves", answer.path("name").asText());
    assertTrue(answer.path("ready").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/other", "/v2/models/other", "/v2/models/other/ready"})
  void shouldNotKnowAnotherModel(String path) throws Exception {
    HttpResponse<String> response = service.get(path);
    assertEquals(404, response.statusCode());
    assertEquals("there is no model other; there are halves", RunningService.error(response));
  }

  @Test
  void shouldNotExplainByAnotherModel() throws Exception {
    assertEquals(404, service.post("/v1/models/other:explain", TestModels.body("")).statusCode());
  }

  @Test
  void shouldNotKnowOtherRoutes() throws Exception {
    HttpResponse<String> response = service.get("/v3/models");
    assertEquals(404, response.statusCode());
    assertEquals("there is no route /v3/models", RunningService.error(response));
  }

  @Test
  void shouldSayWhichMethodARouteTakes() throws Exception {
    HttpResponse<String> response = service.get(EXPLAIN);
    assertEquals(405, response.statusCode());
    assertEquals("POST", response.headers().firstValue("allow").orElseThrow());
    assertEquals(405, service.post("/v1/models", "{}").statusCode());
  }

  @Test
  void shouldExplainAsTheEngineDoes() throws Exception {
    HttpResponse<String> response = service.post(EXPLAIN, TestModels.body(""));
    assertEquals(200, response.statusCode(), response.body());
    JsonNode explanations = RunningService.json(response).path("explanations");
    assertEquals(1, explanations.size());
    JsonNode got = explanations.get(0);
    Explanation own =
        TestModels.halves().explain(TestModels.picture(), TestModels.OPTIONS, Progress.none());
    JsonNode expected =
        JsonMapper.builder().build().readTree(ExplanationJson.toJson("instances[0]", own));
    assertEquals(expected.path("classes"), got.path("classes"));
    assertEquals(expected.path("superpixels"), got.path("superpixels"));
    assertEquals("instances[0]", got.path("image").asText());
    assertEquals("red", got.path("classes").get(0).path("label").asText());
    got.fieldNames();
    expected
        .fieldNames()
        .forEachRemaining(field -> assertTrue(got.has(field), field + " is missing"));
  }

  @Test
  void shouldTakeAnEscapedColonToo() throws Exception {
    assertEquals(
        200, service.post("/v1/models/halves%3Aexplain", TestModels.body("")).statusCode());
  }

  @Test
  void shouldExplainEachInstance() throws Exception {
    String one = "{\"image\":{\"b64\":\"" + TestModels.base64() + "\"}}";
    HttpResponse<String> response =
        service.post(EXPLAIN, "{\"inputs\":[" + one + "," + one + "," + one + "]}");
    JsonNode explanations = RunningService.json(response).path("explanations");
    assertEquals(3, explanations.size());
    assertEquals("inputs[2]", explanations.get(2).path("image").asText());
  }

  @Test
  void shouldAddFiguresWhereTheyAreAskedFor() throws Exception {
    String more = ",\"parameters\":{\"include\":[\"heatmap\",\"overlay\",\"labels\"]}";
    JsonNode answer =
        RunningService.json(service.post(EXPLAIN, TestModels.body(more)))
            .path("explanations")
            .get(0);
    for (String figure : new String[] {"heatmap", "overlay"}) {
      for (JsonNode one : answer.path("classes")) {
        Image image = Image.decode(Base64.getDecoder().decode(one.path(figure).asText()));
        assertEquals(TestModels.SIDE, image.width());
        assertEquals(TestModels.SIDE, image.height());
      }
    }
    byte[] labels = Base64.getDecoder().decode(answer.path("labels").asText());
    var map = ImageIO.read(new ByteArrayInputStream(labels));
    assertEquals(16, map.getColorModel().getComponentSize(0));
    assertEquals(0, map.getRaster().getSample(0, 0, 0));
    assertEquals(3, map.getRaster().getSample(15, 15, 0));
    JsonNode without =
        RunningService.json(service.post(EXPLAIN, TestModels.body(""))).path("explanations").get(0);
    assertFalse(without.has("labels"));
    assertFalse(without.path("classes").get(0).has("heatmap"));
  }

  @Test
  void shouldPredictProbabilities() throws Exception {
    HttpResponse<String> response = service.post(PREDICT, TestModels.body(""));
    assertEquals(200, response.statusCode(), response.body());
    JsonNode predictions = RunningService.json(response).path("predictions");
    assertEquals(1, predictions.size());
    JsonNode explained =
        RunningService.json(service.post(EXPLAIN, TestModels.body(""))).path("explanations").get(0);
    double sum = 0;
    for (JsonNode one : explained.path("classes")) {
      assertEquals(
          one.path("probability").asDouble(),
          predictions.get(0).get(one.path("index").asInt()).asDouble(),
          0);
      sum += one.path("probability").asDouble();
    }
    assertEquals(1, sum, 1e-12);
  }

  @Test
  void shouldTakePixelsAsTheFileThatHasThem() throws Exception {
    String expected = service.post(PREDICT, TestModels.body("")).body();
    StringBuilder rows = new StringBuilder("[");
    Image picture = TestModels.picture();
    for (int y = 0; y < picture.height(); y++) {
      rows.append(y == 0 ? "[" : ",[");
      for (int x = 0; x < picture.width(); x++) {
        rows.append(x == 0 ? "[" : ",[")
            .append((int) picture.value(x, y, 0))
            .append(',')
            .append((int) picture.value(x, y, 1))
            .append(',')
            .append((int) picture.value(x, y, 2))
            .append(']');
      }
      rows.append(']');
    }
    rows.append(']');
    for (String instance :
        new String[] {
          rows.toString(), "{\"image\":" + rows + "}", "{\"b64\":\"" + TestModels.base64() + "\"}"
        }) {
      assertEquals(expected, service.post(PREDICT, "{\"instances\":[" + instance + "]}").body());
    }
  }

  @Test
  void shouldPredictMorePicturesThanABatchHas() throws Exception {
    String one = "{\"b64\":\"" + TestModels.base64() + "\"}";
    String all = String.join(",", java.util.Collections.nCopies(11, one));
    JsonNode predictions =
        RunningService.json(service.post(PREDICT, "{\"instances\":[" + all + "]}"))
            .path("predictions");
    assertEquals(11, predictions.size());
    assertEquals(predictions.get(0), predictions.get(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"instances\":[]}|instances must be a list of at least one, got none",
        "{}|instances must be a list of at least one, got none",
        "[]|the body must be an object of instances, got a list",
        "{\"instances\":{}}|instances must be a list, got an object",
        "{\"instances\":[1]}|instances[0] must be an object of an image or a row, or lists of"
            + " pixels, got a number",
        "{\"instances\":[{\"rows\":[1]}]}|instances[0] must have an image or a row, got the field"
            + " rows",
        "{\"instances\":[{\"row\":[1]}]}|instances must be pictures, as model halves takes, got a"
            + " row at instances[0]",
        "{\"instances\":[[1, 2]]}|instances must be pictures, as model halves takes, got a row at"
            + " instances[0]",
        "{\"instances\":[[[[1]]], [1, 2]]}|instances must be all pictures or all rows, got a"
            + " picture at instances[0] and a row at instances[1]",
        "{\"instances\":[{\"image\":[1]}]}|instances[0].image must be rows of columns of"
            + " channels, got a number",
        "{\"instances\":[{\"image\":{\"b64\":5}}]}|instances[0].image.b64 must be a picture file in"
            + " base64, got a number",
        "{\"instances\":[{\"image\":{\"b64\":\"§\"}}]}|instances[0].image.b64 must be a picture"
            + " file in base64, got other characters",
        "{\"instances\":[{\"image\":{\"b64\":\"AAAA\"}}]}|instances[0]: ",
        "{\"instances\":[[[[1,2,3],[1,2]]]]}|instances[0] must have as many channels everywhere,"
            + " got 3 and 2 at row 0, column 1",
        "{\"instances\":[[[[1,2,3]],[[1,2,3],[1,2,3]]]]}|instances[0] must have rows of one length,"
            + " got 1 and 2 at row 1",
        "{\"instances\":[[[[1,2,300]]]]}|instances[0] must have levels between 0 and 255, got"
            + " 300.0",
        "{\"instances\":[[[[1,2,\"x\"]]]]}|instances[0] must be lists of numbers, got a text",
        "{\"instances\":[[]]}|instances[0] must have at least one pixel, got none",
        "{\"instances\":[[[[1]]]],\"inputs\":[]}|instances and inputs must not be given both",
        "{\"instances\":[[[[1]]]],\"extra\":1}|fields must be instances or inputs, and parameters,"
            + " got extra",
        "{\"instances\":[[[[1]]]],\"parameters\":[]}|parameters must be an object, got a list",
        "{\"instances\":[[[[1]]]],\"parameters\":{\"timeout_ms\":0}}|parameters.timeout_ms must be"
            + " a whole number of milliseconds between 1 and 2147483647, got 0",
        "{\"instances\":[[[[1]]]],\"parameters\":{\"timeout_ms\":\"5\"}}|parameters.timeout_ms must"
            + " be a whole number",
        "{\"instances\":[[[[1]]]],\"parameters\":{\"include\":[\"x\"]}}|parameters.include must be"
            + " of heatmap, overlay, labels, gradcam, got x",
        "{\"instances\":[[[[1]]]],\"parameters\":{\"include\":\"gradcam\"}}|parameters.include must"
            + " be a list of heatmap, overlay, labels, gradcam, got \"gradcam\"",
        "{\"instances\":[[[[1]]]],\"parameters\":{\"layer\":\"x\"}}|parameters.layer goes with"
            + " gradcam in parameters.include",
        "{\"instances\":[[[[1]]]],\"parameters\":{\"layer\":[],\"include\":[\"gradcam\"]}}"
            + "|parameters.layer must be the name of a layer, got []",
        "{\"instances\":[[[[1]]]],\"parameters\":{\"nothing\":1}}|parameters.nothing is no option"
            + " of this service",
        "{\"instances\":[[[[1]]]]} x|the body must be JSON at line 1, column",
        "{\"instances\":[[[[1]]]]} {}|the body must end after its object, got more",
        "{\"instances\":[[[[1]|the body must be JSON at line 1, column",
        "{\"instances\"|the body must be JSON at line 1, column",
        "not JSON|the body must be JSON at line 1, column",
        "|the body must be JSON, got none",
      })
  void shouldNameTheFieldThatIsWrong(String bodyAndError) throws Exception {
    int bar = bodyAndError.indexOf('|');
    HttpResponse<String> response = service.post(EXPLAIN, bodyAndError.substring(0, bar));
    assertEquals(400, response.statusCode(), response.body());
    String error = RunningService.error(response);
    assertTrue(error.startsWith(bodyAndError.substring(bar + 1)), error);
    assertFalse(error.contains("\n"), error);
  }

  @Test
  void shouldTakeNoOptionsOfExplanationsForPredictions() throws Exception {
    HttpResponse<String> response =
        service.post(PREDICT, TestModels.body(",\"parameters\":{\"samples\":5}"));
    assertEquals(400, response.statusCode());
    assertTrue(RunningService.error(response).startsWith("parameters of a prediction"));
  }

  @Test
  void shouldGoOnAfterABrokenRequestOnTheSameConnection() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertEquals(400, service.post(EXPLAIN, "{\"instances\":[").statusCode());
      assertEquals(
          200,
          service
              .send(
                  service
                      .request(PREDICT)
                      .POST(HttpRequest.BodyPublishers.ofString(TestModels.body(""))))
              .statusCode());
    }
  }

  @Test
  void shouldAnswerOnTheRoot() throws Exception {
    assertEquals("{\"status\":\"alive\"}", service.get("/").body());
  }
}

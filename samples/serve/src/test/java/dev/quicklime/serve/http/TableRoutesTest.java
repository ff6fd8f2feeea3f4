package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.files.TabularJson;
import dev.quicklime.model.Labels;
import dev.quicklime.model.RowModel;
import dev.quicklime.report.tabular.Constraint;
import dev.quicklime.run.Progress;
import dev.quicklime.serve.model.RowOptionReader;
import dev.quicklime.serve.model.ServedTable;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.tabular.Column;
import dev.quicklime.tabular.Column.Category;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularExplainer;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered about rows of a table, over a real port. */
@Timeout(120)
class TableRoutesTest {

  private static final String EXPLAIN = "/v1/models/flats:explain";
  private static final String PREDICT = "/v1/models/flats:predict";
  private static final String ROW = "{\"instances\":[{\"row\":[50,3,\"north\",7]}]}";

  private static final TabularOptions OPTIONS = TabularOptions.defaults().withSamples(200);

  private static final AtomicInteger SCORED = new AtomicInteger();

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = start(new double[] {1, 2}, ServiceOptions.defaults().withWork(2, 8));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static RunningService start(double[] outputs, ServiceOptions options) {
    return RunningService.start(
        new ServedTable("flats", explainer(outputs, 0), table(), false, new Reader()),
        options,
        Duration.ofSeconds(2));
  }

  /** Options of two names. */
  private static final class Reader implements RowOptionReader {
    @Override
    public TabularOptions read(ObjectNode parameters) {
      ObjectNode rest = parameters.deepCopy();
      JsonNode surrogate = rest.remove("surrogate");
      TabularOptions fixed = RowOptionReader.fixed(OPTIONS).read(rest);
      return surrogate == null || surrogate.asText().equals("ols")
          ? fixed
          : fixed.withSurrogate(Lasso.defaults());
    }
  }

  /** Two numbers, texts and codes. */
  private static Table table() {
    List<Column> columns =
        List.of(
            new Column.Numeric("area", 60, 20),
            new Column.Numeric("rooms", 3, 1),
            new Column.Categorical(
                "side", List.of(new Category("north", 0, 2), new Category("south", 1, 2))),
            new Column.Categorical(
                "zone", List.of(new Category("7", 7, 3), new Category("9", 9, 1))));
    return new Table(columns, 4, new double[] {50, 2, 0, 7, 60, 3, 1, 7, 70, 3, 0, 9, 60, 4, 1, 7});
  }

  /** As many outputs as there are factors, each a line in all columns. */
  private static TabularExplainer explainer(double[] factors, long millis) {
    return TabularExplainer.of(
        RowModel.of(
            "flats",
            64,
            rows -> {
              SCORED.addAndGet(rows.length);
              double[][] scores = new double[rows.length][factors.length];
              for (int i = 0; i < rows.length; i++) {
                for (int c = 0; c < factors.length; c++) {
                  scores[i][c] =
                      factors[c]
                          * (0.02 * rows[i][0]
                              + 0.1 * rows[i][1]
                              + 0.3 * rows[i][2]
                              - 0.05 * rows[i][3]);
                }
              }
              if (millis > 0) {
                sleep(millis);
              }
              return scores;
            }),
        factors.length == 2 ? Labels.of(List.of("let", "sold")) : Labels.none());
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode explained(String body) throws Exception {
    HttpResponse<String> response = service.post(EXPLAIN, body);
    assertEquals(200, response.statusCode(), response.body());
    return RunningService.json(response).path("explanations");
  }

  @Test
  void shouldExplainARowAsTheCommandDoes() throws Exception {
    JsonNode got =
        explained("{\"inputs\":[{\"row\":[60,2,\"south\",9]},{\"row\":[50,3,\"north\",7]}]}");
    assertEquals(2, got.size());
    try (TabularExplainer explainer = explainer(new double[] {1, 2}, 0)) {
      TabularExplanation own =
          explainer.explain(table(), new double[] {50, 3, 0, 7}, OPTIONS, Progress.none());
      List<Constraint> beside = Constraint.all(own.samples(), LeastSquares.defaults());
      ObjectNode expected =
          (ObjectNode)
              JsonMapper.builder()
                  .build()
                  .readTree(
                      TabularJson.of(
                          own, "inputs", 1, beside.stream().map(Constraint::fits).toList()));
      ObjectNode second = (ObjectNode) got.get(1);
      expected.remove("timings");
      assertTrue(second.remove("timings").has("total"));
      assertEquals(expected, second);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[50,3,\"north\",7]",
        "{\"row\":[50.0,3,0,\"7\"]}",
        "{\"row\":{\"zone\":7,\"side\":\"north\",\"area\":5e1,\"rooms\":3}}",
        "{\"row\":{\"area\":50,\"rooms\":3,\"side\":0,\"zone\":\"7\"}}",
      })
  void shouldTakeARowInEveryForm(String instance) throws Exception {
    JsonNode expected = explained(ROW).get(0).path("classes");
    assertEquals(expected, explained("{\"instances\":[" + instance + "]}").get(0).path("classes"));
  }

  @Test
  void shouldPredictWhatAnExplanationCallsTheProbability() throws Exception {
    HttpResponse<String> response =
        service.post(PREDICT, "{\"instances\":[{\"row\":[60,2,\"south\",9]},[50,3,\"north\",7]]}");
    assertEquals(200, response.statusCode(), response.body());
    JsonNode predictions = RunningService.json(response).path("predictions");
    JsonNode best = explained(ROW).get(0).path("classes").get(0);
    assertEquals(2, predictions.size());
    assertEquals(
        best.path("probability").asDouble(),
        predictions.get(1).get(best.path("index").asInt()).asDouble(),
        1e-15);
    double sum = predictions.get(0).get(0).asDouble() + predictions.get(0).get(1).asDouble();
    assertEquals(1, sum, 1e-12);
  }

  @Test
  void shouldPredictManyRows() throws Exception {
    String rows = String.join(",", Collections.nCopies(2000, "[50,3,0,7]"));
    HttpResponse<String> response = service.post(PREDICT, "{\"instances\":[" + rows + "]}");
    assertEquals(200, response.statusCode());
    assertEquals(2000, RunningService.json(response).path("predictions").size());
    assertEquals(400, service.post(EXPLAIN, "{\"instances\":[" + rows + "]}").statusCode());
  }

  @Test
  void shouldPredictTheValueOfARegression() throws Exception {
    try (RunningService regression = start(new double[] {1}, RunningService.options())) {
      JsonNode answer = RunningService.json(regression.post(PREDICT, ROW));
      assertEquals(1.0 + 0.3 - 0.35, answer.path("predictions").get(0).get(0).asDouble(), 1e-12);
      JsonNode explained = RunningService.json(regression.post(EXPLAIN, ROW));
      assertEquals(
          0.02, explained.at("/explanations/0/classes/0/features/0/coefficient").asDouble(), 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"row\":[1,2,\"north\"]}]|instances[0].row must have 4 cells, one for each column of the"
            + " table, got 3",
        "[[1,2,\"north\",7,5]]|instances[0] must have 4 cells, one for each column of the table,"
            + " got 5",
        "[[1,2,\"north\",7],{\"row\":[1,2,\"east\",7]}]|instances[1].row[2] must be one of the 2"
            + " values of column side, got east; there are north, south",
        "[{\"row\":[1,2,\"north\",8]}]|instances[0].row[3] must be one of the 2 values of column"
            + " zone, got 8; there are 7, 9",
        "[{\"row\":[\"1\",2,\"north\",7]}]|instances[0].row[0] must be a number, as column area"
            + " has, got a text",
        "[{\"row\":[1,NaN,\"north\",7]}]|instances[0].row[1] must be a finite number, got NaN;"
            + " fill in what is missing",
        "[{\"row\":[NaN,1,\"north\",7]}]|instances[0].row[0] must be a finite number, got NaN",
        "[[-Infinity,2,\"north\",7]]|instances[0][0] must be a finite number, got -Infinity",
        "[{\"row\":[1,1e999,\"north\",7]}]|instances[0].row[1] must be a finite number, got"
            + " Infinity",
        "[{\"row\":{\"area\":NaN}}]|instances[0].row.area must be a finite number, got NaN",
        "[{\"row\":[1,null,\"north\",7]}]|instances[0].row[1] must be a number or the name of a"
            + " category, got null",
        "[{\"row\":[1,[2],\"north\",7]}]|instances[0].row[1] must be a number or the name of a"
            + " category, got a list",
        "[{\"row\":{\"area\":1,\"rooms\":2,\"side\":\"north\"}}]|instances[0].row must have a cell"
            + " for each column, got none for zone",
        "[{\"row\":{\"Area\":1}}]|instances[0].row.Area is no column of the table; there are area,"
            + " rooms, side, zone",
        "[{\"row\":{\"area\":1,\"rooms\":2,\"side\":\"up\",\"zone\":7}}]|instances[0].row.side must"
            + " be one of the 2 values",
        "[{\"row\":{\"area\":1,\"area\":2}}]|the body must be JSON at line 1, column",
        "[{\"row\":[]}]|instances[0].row must have a cell for each column, got none",
        "[{\"row\":{}}]|instances[0].row must have a cell for each column, got none",
        "[{\"row\":5}]|instances[0].row must be a list of cells, or an object of them by column,"
            + " got a number",
        "[{\"row\":[1,2,0,7],\"image\":[[1]]}]|instances[0] must have one image or row, got more",
        "[[[[1]]]]|instances must be rows, as model flats takes, got a picture at instances[0]",
        "[{\"b64\":\"AAAA\"}]|instances must be rows, as model flats takes, got a picture at",
        "[[1,2,0,7],[[1]]]|instances must be all pictures or all rows, got a row at instances[0]"
            + " and a picture at instances[1]",
        "[NaN]|the body must be JSON at line 1, column",
        "[[1,2,0,7]],\"parameters\":{\"include\":[\"heatmap\"]}|parameters.include is for models of"
            + " pictures, and flats is one of rows",
        "[[1,2,0,7]],\"parameters\":{\"size\":1}|parameters.size is no option of this service",
        "[[1,2,0,7]],\"parameters\":{\"samples\":NaN}|the body must be JSON at line 1, column",
      })
  void shouldNameTheCellThatIsWrong(String bodyAndError) throws Exception {
    int bar = bodyAndError.indexOf('|');
    String body = "{\"instances\":" + bodyAndError.substring(0, bar) + "}";
    HttpResponse<String> response = service.post(EXPLAIN, body);
    assertEquals(400, response.statusCode(), response.body());
    String error = RunningService.error(response);
    assertTrue(error.startsWith(bodyAndError.substring(bar + 1)), error);
    assertFalse(error.contains("\n"), error);
    if (!body.contains("parameters")) {
      HttpResponse<String> predicted = service.post(PREDICT, body);
      assertEquals(400, predicted.statusCode());
      assertEquals(error, RunningService.error(predicted));
    }
  }

  @Test
  void shouldKeepAnswersAndFitAgainWithoutTheModel() throws Exception {
    String row = "{\"instances\":[[55,3,\"north\",7]]%s}";
    String first = service.post(EXPLAIN, row.formatted("")).body();
    int scored = SCORED.get();
    assertEquals(first, service.post(EXPLAIN, row.formatted("")).body());
    JsonNode lasso = explained(row.formatted(",\"parameters\":{\"surrogate\":\"lasso\"}")).get(0);
    assertEquals(scored, SCORED.get());
    try (TabularExplainer explainer = explainer(new double[] {1, 2}, 0)) {
      TabularExplanation own =
          explainer.explain(
              table(),
              new double[] {55, 3, 0, 7},
              OPTIONS.withSurrogate(Lasso.defaults()),
              Progress.none());
      List<Constraint> beside = Constraint.all(own.samples(), Lasso.defaults());
      JsonNode expected =
          JsonMapper.builder()
              .build()
              .readTree(
                  TabularJson.of(
                      own, "instances", 0, beside.stream().map(Constraint::fits).toList()));
      assertEquals(expected.path("classes"), lasso.path("classes"));
      assertEquals(expected.path("notices"), lasso.path("notices"));
    }
    assertTrue(service.get("/metrics").body().contains("quicklime_cache_refits 1"));
  }

  @Test
  void shouldGiveUpAtTheDeadlineOfARequest() throws Exception {
    try (RunningService slow =
        RunningService.start(
            new ServedTable(
                "flats",
                explainer(new double[] {1}, 100),
                table(),
                false,
                RowOptionReader.fixed(OPTIONS.withSamples(10_000))),
            RunningService.options(),
            Duration.ofSeconds(2))) {
      HttpResponse<String> response =
          slow.post(EXPLAIN, "{\"instances\":[[50,3,0,7]],\"parameters\":{\"timeout_ms\":300}}");
      assertEquals(504, response.statusCode(), response.body());
      Thread.sleep(400);
      int then = SCORED.get();
      Thread.sleep(400);
      assertEquals(then, SCORED.get(), "goes on after its deadline");
    }
  }

  @Test
  void shouldStreamHowFarItIs() throws Exception {
    HttpResponse<String> response =
        service.send(
            service
                .request(EXPLAIN)
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString("{\"instances\":[[51,3,0,7]]}")));
    assertEquals(200, response.statusCode());
    assertTrue(response.body().contains("event: explanation"), response.body());
  }

  @Test
  void shouldSayThatV2IsForPictures() throws Exception {
    HttpResponse<String> response = service.get("/v2/models/flats");
    assertEquals(400, response.statusCode());
    assertEquals(
        "V2 is for models of pictures, and flats is one of rows; ask /v1/models/flats:predict",
        RunningService.error(response));
    assertEquals(400, service.post("/v2/models/flats/infer", "{}").statusCode());
    assertEquals(200, service.get("/v2/models/flats/ready").statusCode());
  }

  @Test
  void shouldRefuseANameThatRoutesCannotHave() {
    try (TabularExplainer explainer = explainer(new double[] {1}, 0)) {
      assertThrows(
          InvalidInputException.class,
          () -> new ServedTable("a/b", explainer, table(), false, new Reader()));
    }
  }
}

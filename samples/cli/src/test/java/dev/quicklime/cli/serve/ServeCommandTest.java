package dev.quicklime.cli.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.ServedProcess;
import dev.quicklime.cli.TestPictures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own. */
@Timeout(240)
class ServeCommandTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path folder;

  private ServedProcess start(String token, String... options) throws IOException {
    return ServedProcess.start(folder.resolve("errors"), token, options);
  }

  private static String body(Path picture, String parameters) throws IOException {
    return "{\"instances\":[{\"image\":{\"b64\":\"%s\"}}],\"parameters\":%s}"
        .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(picture)), parameters);
  }

  @Test
  void shouldExplainAsTheCommandDoesAndEndWellWhenItIsToldTo() throws Exception {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    Path out = folder.resolve("out");
    Ran ran =
        Ran.command(
            "explain",
            picture.toString(),
            "--model",
            model.toString(),
            "--out",
            out.toString(),
            "--tiles",
            "3x3",
            "--samples",
            "60",
            "--target",
            "logit",
            "--precision",
            "fp32",
            "--surrogate",
            "ols",
            "--quiet");
    assertEquals(0, ran.code(), ran.err());
    JsonNode expected = MAPPER.readTree(out.resolve("cat").resolve("explanation.json").toFile());
    String parameters =
        "{\"tiles\":\"3x3\",\"samples\":60,\"target\":\"logit\",\"surrogate\":\"ols\"}";
    try (ServedProcess served =
        start("", "--model", model.toString(), "--name", "means", "--precision", "fp32")) {
      HttpResponse<String> response =
          served.post("/v1/models/means:explain", body(picture, parameters));
      assertEquals(200, response.statusCode(), response.body());
      JsonNode got = MAPPER.readTree(response.body()).path("explanations").get(0);
      for (int c = 0; c < 3; c++) {
        JsonNode own = expected.path("classes").get(c);
        JsonNode other = got.path("classes").get(c);
        assertEquals(own.path("label"), other.path("label"));
        for (int j = 0; j < 9; j++) {
          assertEquals(
              own.path("coefficients").get(j).asDouble(),
              other.path("coefficients").get(j).asDouble(),
              1e-6);
        }
      }
      JsonNode line = MAPPER.readTree(served.out().readLine());
      assertEquals(200, line.path("status").asInt());
      served.process().destroy();
      assertTrue(served.process().waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, served.process().exitValue());
      assertEquals(
          List.of(),
          Files.readAllLines(folder.resolve("errors")).stream()
              // The launcher keeps JavaCPP from saying this.
              .filter(said -> !said.contains("incubator") && !said.contains("javacpp.Loader"))
              .toList());
    }
  }

  @Test
  void shouldExplainRowsAsTheCommandDoes() throws Exception {
    Path model =
        Models.save(folder.resolve("m"), "return torch.stack([x[:, 0] * x[:, 1], x[:, 2]], 1)");
    Files.writeString(model.resolveSibling("model.json"), "{\"labels\": [\"wet\", \"dry\"]}");
    Path table =
        Files.writeString(
            folder.resolve("days.csv"),
            "id;heat;rain;day\n1;20,5;1;sun\n2;14;3;mon\n3;18;2;tue\n4;25;0,5;sun\n");
    String[] reading = {
      "--separator", ";", "--decimal", ",", "--drop", "id", "--categorical", "day"
    };
    Path out = folder.resolve("out");
    List<String> words =
        new ArrayList<>(
            List.of("tabular", "--data", table.toString(), "--model", model.toString()));
    words.addAll(List.of(reading));
    words.addAll(List.of("--row", "2", "--samples", "300", "--top", "2", "--seed", "7", "--quiet"));
    words.addAll(List.of("--out", out.toString()));
    Ran ran = Ran.command(words.toArray(String[]::new));
    assertEquals(0, ran.code(), ran.err());
    JsonNode expected = MAPPER.readTree(out.resolve("days-row-2").resolve("tabular.json").toFile());
    List<String> options =
        new ArrayList<>(
            List.of("--table", table.toString(), "--model", model.toString(), "--name", "days"));
    options.addAll(List.of(reading));
    try (ServedProcess served = start("", options.toArray(String[]::new))) {
      HttpResponse<String> response =
          served.post(
              "/v1/models/days:explain",
              "{\"instances\":[{\"row\":{\"day\":\"tue\",\"heat\":18,\"rain\":2}}],"
                  + "\"parameters\":{\"samples\":300,\"top\":2,\"seed\":7}}");
      assertEquals(200, response.statusCode(), response.body());
      JsonNode got = MAPPER.readTree(response.body()).path("explanations").get(0);
      assertEquals(expected.path("classes"), got.path("classes"));
      assertEquals(expected.path("features"), got.path("features"));
      assertEquals(expected.path("notices"), got.path("notices"));
      assertEquals(
          "instances[0].row[2] must be one of the 3 values of column day, got fri; there are mon,"
              + " sun, tue",
          MAPPER
              .readTree(
                  served
                      .post("/v1/models/days:predict", "{\"instances\":[{\"row\":[1,2,\"fri\"]}]}")
                      .body())
              .path("error")
              .asText());
    }
  }

  @Test
  void shouldMapClassesAsTheCommandDoes() throws Exception {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    Path out = folder.resolve("out");
    Ran ran =
        Ran.command(
            "gradcam", picture.toString(), "--classes", "1,0", "--out", out.toString(), "--quiet");
    assertEquals(0, ran.code(), ran.err());
    JsonNode expected = MAPPER.readTree(out.resolve("cat").resolve("gradcam.json").toFile());
    try (ServedProcess served = start("", "--batch", "8", "--quiet")) {
      HttpResponse<String> response =
          served.post(
              "/v1/models/scenes:explain",
              body(
                  picture,
                  "{\"samples\":20,\"tiles\":\"2x2\",\"classes\":[1,0],"
                      + "\"include\":[\"gradcam\"]}"));
      assertEquals(200, response.statusCode(), response.body());
      JsonNode got = MAPPER.readTree(response.body()).path("explanations").get(0);
      assertEquals(expected.path("layer"), got.at("/gradcam/layer"));
      assertEquals(expected.path("options"), got.at("/gradcam/options"));
      for (int c = 0; c < 2; c++) {
        JsonNode own = expected.path("classes").get(c);
        ObjectNode other = (ObjectNode) got.path("classes").get(c).path("gradcam");
        assertTrue(other.remove("overlay").asText().length() > 100);
        assertEquals(own, other);
      }
      HttpResponse<String> wrong =
          served.post(
              "/v1/models/scenes:explain",
              body(picture, "{\"include\":[\"gradcam\"],\"layer\":\"nothing\"}"));
      assertEquals(400, wrong.statusCode());
      assertTrue(wrong.body().contains("nothing"), wrong.body());
    }
  }

  @Test
  void shouldFinishAnExplanationWhenItIsToldToEnd() throws Exception {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    try (ServedProcess served =
            start("", "--model", model.toString(), "--name", "means", "--quiet");
        HttpClient client = HttpClient.newHttpClient()) {
      assertEquals(200, served.post("/v1/models/means:predict", body(picture, "{}")).statusCode());
      CompletableFuture<HttpResponse<String>> running =
          client.sendAsync(
              served.request(
                  "/v1/models/means:explain",
                  body(picture, "{\"samples\":60000,\"surrogate\":\"ridge\",\"tiles\":\"4x4\"}")),
              HttpResponse.BodyHandlers.ofString());
      while (!metrics(client, served).contains("quicklime_running 1.0")) {
        Thread.sleep(10);
      }
      served.process().destroy();
      assertEquals(200, running.get(60, TimeUnit.SECONDS).statusCode());
      assertTrue(served.process().waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, served.process().exitValue());
    }
  }

  /** The coefficients of the first class, in the order of the superpixels. */
  private static double[] coefficients(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    JsonNode first = MAPPER.readTree(response.body()).path("explanations").get(0).path("classes");
    double[] all = new double[9];
    for (int j = 0; j < all.length; j++) {
      all[j] = first.get(0).path("coefficients").get(j).asDouble();
    }
    return all;
  }

  @Test
  void shouldExplainAModelThatAnotherProcessServes() throws Exception {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    Path token = Files.writeString(folder.resolve("token"), "a-secret-token\n");
    String parameters =
        "{\"tiles\":\"3x3\",\"samples\":60,\"surrogate\":\"ols\",\"target\":\"%s\"}";
    try (ServedProcess predictor =
        start(
            "a-secret-token",
            "--model",
            model.toString(),
            "--model_name",
            "means",
            "--precision",
            "fp32",
            "--quiet")) {
      HttpRequest direct =
          HttpRequest.newBuilder(predictor.request("/v1/models/means:explain", "").uri())
              .header("Authorization", "Bearer a-secret-token")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      body(picture, parameters.formatted("probability"))))
              .build();
      double[] expected;
      try (HttpClient client = HttpClient.newHttpClient()) {
        expected = coefficients(client.send(direct, HttpResponse.BodyHandlers.ofString()));
      }
      String host = predictor.url().substring("http://".length());
      String[][] ways = {
        {"--predictor_protocol", "v2", "--predictor_use_ssl", "false"},
        {"--predictor-layout", "nhwc", "--predictor-datatype", "uint8", "--size", "32"},
      };
      for (String[] way : ways) {
        List<String> options =
            new ArrayList<>(
                List.of(
                    "--model_name",
                    "means",
                    "--predictor_host",
                    host,
                    "--predictor-token-file",
                    token.toString(),
                    "--quiet"));
        options.addAll(List.of(way));
        try (ServedProcess served = start("", options.toArray(String[]::new))) {
          String asked = body(picture, parameters.formatted("logit"));
          HttpResponse<String> response = served.post("/v1/models/means:explain", asked);
          while (response.statusCode() == 503) {
            Thread.sleep(50);
            response = served.post("/v1/models/means:explain", asked);
          }
          // What the predictor answers is probabilities already, in single precision.
          assertArrayEquals(expected, coefficients(response), 1e-5, String.join(" ", way));
        }
      }
    }
  }

  private static String metrics(HttpClient client, ServedProcess served)
      throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(served.url() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldServeEveryModelOfAFolderToThoseWithTheToken() throws Exception {
    Path models = Files.createDirectories(folder.resolve("models"));
    Path one = Models.save(folder.resolve("m"), Models.MEANS);
    Files.copy(one, models.resolve("first model.pt"));
    Files.copy(one, models.resolve("second.pt"));
    try (ServedProcess served = start("a-secret-token", "--models", models.toString(), "--quiet");
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder list = HttpRequest.newBuilder(URI.create(served.url() + "/v1/models"));
      assertEquals(
          401, client.send(list.build(), HttpResponse.BodyHandlers.ofString()).statusCode());
      HttpResponse<String> response =
          client.send(
              list.header("Authorization", "Bearer a-secret-token").build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals("{\"models\":[\"first-model\",\"second\"]}", response.body());
    }
  }

  @Test
  void shouldRefuseOptionsThatDoNotGoTogether() {
    String[][] wrong = {
      {"--host", "0.0.0.0"},
      {"--host", "no such host"},
      {"--port", "70000"},
      {"--workers", "0"},
      {"--tls-cert", "c.pem"},
      {"--token-file", folder.resolve("none").toString()},
      {"--models", folder.resolve("none").toString()},
      {"--models", folder.toString()},
      {"--models", folder.toString(), "--model", "m.pt"},
      {"--name", "a/b"},
      {"--max-body", "0"},
      {"--table", folder.resolve("none.csv").toString()},
      {"--table", "t.csv", "--model", folder.resolve("none.pt").toString(), "--size", "32"},
      {"--table", "t.csv", "--models", folder.toString()},
      {"--categorical", "a"},
      {"--table", "t.csv", "--predictor_host", "a", "--model_name", "m"},
      {"--predictor_host", "localhost:8080"},
      {"--predictor_host", "http://localhost", "--model_name", "m"},
      {"--predictor_host", "a", "--model_name", "m", "--model", "m.pt"},
      {"--predictor_host", "a", "--model_name", "m", "--models", folder.toString()},
      {"--predictor_host", "a", "--model_name", "m", "--predictor_protocol", "grpc-v2"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor_use_ssl", "maybe"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor-timeout", "0"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor_request_retries", "11"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor-in-flight", "0"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor-layout", "chw"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor-datatype", "int64"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor-token-file", "no such file"},
      {"--predictor_host", "a", "--model_name", "m", "--predictor-token-file", ""},
    };
    for (String[] words : wrong) {
      String[] all = new String[words.length + 1];
      all[0] = "serve";
      System.arraycopy(words, 0, all, 1, words.length);
      Ran ran = Ran.command(all);
      assertEquals(2, ran.code(), String.join(" ", all) + ran.err());
      assertEquals(1, ran.errors().size(), ran.err());
    }
    assertTrue(Ran.command("serve", "--host", "0.0.0.0").err().contains("--insecure"));
  }
}

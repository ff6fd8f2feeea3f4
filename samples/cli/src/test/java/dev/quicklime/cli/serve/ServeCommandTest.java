package dev.quicklime.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
  void shouldEndByItselfAfterARehearsal() {
    Ran ran = Ran.command("serve", "--port", "0", "--rehearse");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("/v1/models/scenes:explain"), ran.out());
    assertTrue(
        ran.out().lines().skip(1).allMatch(line -> line.contains("\"status\":200")), ran.out());
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

package dev.quicklime.serve.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.Image;
import dev.quicklime.locality.Locality;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.segment.Slic;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a socket, by a peer in this JVM. */
@Timeout(60)
class RingServerTest {

  private static final byte[] NOTHING = {};

  @TempDir Path folder;

  private Path socket;
  private RingServer server;

  @BeforeEach
  void start() {
    socket = folder.resolve("s");
    server = RingServer.start(socket);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private RingPeer peer() throws IOException {
    RingPeer peer = new RingPeer(socket);
    assertTrue(peer.map(folder.resolve("ring"), 5L * RingPeer.PART).head().has("done"));
    return peer;
  }

  private static final class Scene {
    final int width;
    final int height;
    final int channels;
    final byte[] picture;
    final byte[] filled;
    final int[] labels;

    Scene(int width, int height, int channels, int superpixels) {
      Random random = new Random(width * 31L + height);
      this.width = width;
      this.height = height;
      this.channels = channels;
      picture = new byte[width * height * channels];
      filled = new byte[picture.length];
      labels = new int[width * height];
      random.nextBytes(picture);
      random.nextBytes(filled);
      for (int i = 0; i < labels.length; i++) {
        labels[i] = i < superpixels ? i : random.nextInt(superpixels);
      }
    }

    void put(ByteBuffer memory) {
      memory.put(0, picture);
      memory.put(RingPeer.PART, filled);
      for (int i = 0; i < labels.length; i++) {
        memory.putInt(2 * RingPeer.PART + i * Integer.BYTES, labels[i]);
      }
    }

    byte[] composed(MaskMatrix masks, int row) {
      byte[] composed = new byte[picture.length];
      for (int i = 0; i < composed.length; i++) {
        composed[i] = masks.shown(row, labels[i / channels]) ? picture[i] : filled[i];
      }
      return composed;
    }
  }

  private static double[] brightness(List<byte[]> batch) {
    double[] scores = new double[2 * batch.size()];
    for (int row = 0; row < batch.size(); row++) {
      byte[] picture = batch.get(row);
      for (int i = 0; i < picture.length; i++) {
        scores[2 * row] += (picture[i] & 0xff) / 255.0;
        scores[2 * row + 1] += (picture[i] & 0xff) * (i % 7) / 2000.0;
      }
    }
    return scores;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 1",
    "7, 13, 3, 5, 20, 3",
    "33, 8, 1, 64, 9, 9",
    "16, 16, 4, 65, 31, 10",
    "9, 21, 24, 12, 17, 4",
    "5, 5, 512, 3, 5, 1",
    "64, 40, 12, 130, 7, 2",
  })
  void shouldComposeEveryByteOfAnyPicture(
      int width, int height, int channels, int superpixels, int rows, int batch) throws Exception {
    Scene scene = new Scene(width, height, channels, superpixels);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), rows, superpixels, 3);
    List<byte[]> seen = new ArrayList<>();
    try (RingPeer peer = peer()) {
      scene.put(peer.memory);
      RingFrame done =
          peer.serve(
              RingPeer.sample(width, height, channels, rows + 1, batch),
              RingPeer.packed(masks),
              scene.picture.length,
              pictures -> {
                assertTrue(pictures.size() <= batch);
                seen.addAll(pictures);
                return new double[pictures.size()];
              });
      assertTrue(done.head().has("done"), done.head().toString());
    }
    assertEquals(rows + 1, seen.size());
    for (int row = 0; row <= rows; row++) {
      assertArrayEquals(scene.composed(masks, row), seen.get(row), "row " + row);
    }
  }

  @Test
  void shouldComposeTheNextBatchWhileOneIsScored() throws Exception {
    Scene scene = new Scene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 29, 4, 1);
    try (RingPeer peer = peer()) {
      scene.put(peer.memory);
      peer.send(RingPeer.sample(8, 8, 3, 30, 10), RingPeer.packed(masks));
      RingFrame first = peer.hear();
      // Nothing was answered yet.
      RingFrame second = peer.hear();
      assertEquals(3 * RingPeer.PART, first.head().get("score").intValue());
      assertEquals(4 * RingPeer.PART, second.head().get("score").intValue());
      byte[] composed = new byte[scene.picture.length];
      peer.memory.get(4 * RingPeer.PART, composed);
      assertArrayEquals(scene.composed(masks, 10), composed);
      peer.memory.get(3 * RingPeer.PART, composed);
      assertArrayEquals(scene.composed(masks, 0), composed);
    }
  }

  @Test
  void shouldFitWhatItScoredAsOftenAsItIsAsked() throws Exception {
    Scene scene = new Scene(12, 10, 3, 9);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 150, 9, 5);
    double[] weights = Locality.defaults().weights(masks);
    double[] scores = new double[2 * masks.rows()];
    for (int row = 0; row < masks.rows(); row++) {
      System.arraycopy(brightness(List.of(scene.composed(masks, row))), 0, scores, 2 * row, 2);
    }
    FitInput input = FitInput.of(masks, weights, scores, 2);
    Map<String, Surrogate> surrogates =
        Map.of(
            "ridge", new Ridge(1, true),
            "forward", new ForwardSelection(4, 1, true),
            "strongest", Strongest.lime(4),
            "k-lasso", new KLasso(4, 1, true));
    try (RingPeer peer = peer()) {
      scene.put(peer.memory);
      byte[] packed = RingPeer.packed(masks);
      peer.serve(
          RingPeer.sample(12, 10, 3, masks.rows(), 16),
          packed,
          scene.picture.length,
          RingServerTest::brightness);
      for (Map.Entry<String, Surrogate> each : surrogates.entrySet()) {
        ObjectNode asked =
            FrameChannel.head().put("do", "fit").put("surrogate", each.getKey()).put("features", 4);
        asked.putArray("classes").add(1).add(0).add(1);
        RingFrame answer = peer.ask(asked, RingPeer.packed(weights));
        double[] coefficients = answer.doubles(27);
        for (int c = 0; c < 3; c++) {
          LinearFit fit = SurrogateFitter.fit(each.getValue(), input, c == 1 ? 0 : 1);
          JsonNode got = answer.head().get("fits").get(c);
          assertEquals(fit.intercept(), got.get("intercept").doubleValue(), 1e-12);
          assertEquals(fit.r2(), got.get("r2").doubleValue(), 1e-12);
          assertEquals(fit.selected().size(), got.get("selected").size());
          for (int j = 0; j < 9; j++) {
            assertEquals(fit.coefficients().get(j), coefficients[9 * c + j], 1e-12);
          }
        }
      }
    }
  }

  @Test
  void shouldDivideAPictureAsTheEngineDoes() throws Exception {
    Scene scene = new Scene(60, 40, 3, 4);
    for (int i = 0; i < scene.picture.length; i++) {
      scene.picture[i] = (byte) (i / 3 % 60 < 25 ? 30 : 200);
    }
    ObjectNode asked = RingPeer.sample(60, 40, 3, 1, 1).put("do", "segment").put("segments", 20);
    try (RingPeer peer = peer()) {
      scene.put(peer.memory);
      RingFrame answer = peer.ask(asked, NOTHING);
      SegmentMap map = Segmentation.segment(Image.of8(60, 40, 3, scene.picture), Slic.of(20));
      assertEquals(map.count(), answer.head().get("superpixels").intValue());
      int[] labels = map.labels();
      for (int i = 0; i < labels.length; i++) {
        assertEquals(labels[i], peer.memory.getInt(2 * RingPeer.PART + i * Integer.BYTES));
      }
    }
  }

  @Test
  void shouldGoOnAfterThePeerHasStopped() throws Exception {
    Scene scene = new Scene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 99, 4, 1);
    ObjectNode sample = RingPeer.sample(8, 8, 3, 100, 10);
    try (RingPeer peer = peer()) {
      scene.put(peer.memory);
      for (int turn = 0; turn < 3; turn++) {
        RingFrame heard = peer.ask(sample, RingPeer.packed(masks));
        peer.send(FrameChannel.head().put("stop", true), NOTHING);
        while (heard.head().has("score")) {
          heard = peer.hear();
        }
        assertTrue(heard.head().has("stopped"), heard.head().toString());
        ObjectNode fit = FrameChannel.head().put("do", "fit");
        assertEquals("invalid", peer.ask(fit, NOTHING).head().get("error").textValue());
      }
      assertTrue(
          peer.serve(sample, RingPeer.packed(masks), 192, RingServerTest::brightness)
              .head()
              .has("done"));
    }
  }

  @Test
  void shouldSayWhatIsWrongWithScores() throws Exception {
    Scene scene = new Scene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 49, 4, 1);
    ObjectNode sample = RingPeer.sample(8, 8, 3, 50, 10);
    List<RingPeer.Scorer> wrong =
        List.of(
            batch -> new double[batch.size() + 1],
            batch -> new double[0],
            batch -> {
              double[] scores = brightness(batch);
              scores[3] = Double.NaN;
              return scores;
            });
    try (RingPeer peer = peer()) {
      scene.put(peer.memory);
      for (RingPeer.Scorer scorer : wrong) {
        RingFrame answer = peer.serve(sample, RingPeer.packed(masks), 192, scorer);
        assertEquals("failed", answer.head().get("error").textValue());
        assertTrue(answer.head().get("message").textValue().contains("scores"));
      }
      assertTrue(
          peer.serve(sample, RingPeer.packed(masks), 192, RingServerTest::brightness)
              .head()
              .has("done"));
    }
  }

  @Test
  void shouldServeOthersAfterAPeerHasDied() throws Exception {
    Scene scene = new Scene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 999, 4, 1);
    ObjectNode sample = RingPeer.sample(8, 8, 3, 1000, 10);
    try (RingPeer other = peer()) {
      scene.put(other.memory);
      for (int turn = 0; turn < 5; turn++) {
        try (RingPeer dying = peer()) {
          scene.put(dying.memory);
          dying.send(sample, RingPeer.packed(masks));
          dying.hear();
        }
      }
      assertTrue(
          other
              .serve(sample, RingPeer.packed(masks), 192, RingServerTest::brightness)
              .head()
              .has("done"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "picture=-64",
        "picture=1",
        "picture=327680",
        "filled=9223372036854775744",
        "labels=327616",
        "width=0",
        "width=16385",
        "height=-3",
        "channels=513",
        "channels=1.5",
        "rows=0",
        "rows=11",
        "batch=0",
        "batch=2147483639",
        "batch=700",
        "slots=64",
        "do=else"
      })
  void shouldRefuseWhatDoesNotFitTheMappingOrEachOther(String change) throws Exception {
    Scene scene = new Scene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 9, 4, 1);
    String[] parts = change.split("=");
    ObjectNode sample = RingPeer.sample(8, 8, 3, 10, 5);
    switch (parts[1]) {
      case "else" -> sample.put(parts[0], parts[1]);
      case "1.5" -> sample.put(parts[0], 1.5);
      default -> sample.put(parts[0], Long.parseLong(parts[1]));
    }
    try (RingPeer peer = peer()) {
      scene.put(peer.memory);
      RingFrame answer = peer.ask(sample, RingPeer.packed(masks));
      assertEquals("invalid", answer.head().get("error").textValue(), change);
      assertFalse(answer.head().get("message").textValue().contains("\n"));
      assertTrue(
          peer.serve(
                  RingPeer.sample(8, 8, 3, 10, 5),
                  RingPeer.packed(masks),
                  192,
                  RingServerTest::brightness)
              .head()
              .has("done"));
    }
  }

  @Test
  void shouldRefuseLabelsWithGapsAndFilesThatAreNotThere() throws Exception {
    Scene scene = new Scene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 9, 4, 1);
    try (RingPeer peer = new RingPeer(socket)) {
      RingFrame unmapped = peer.ask(RingPeer.sample(8, 8, 3, 10, 5), RingPeer.packed(masks));
      assertEquals("invalid", unmapped.head().get("error").textValue());
      ObjectNode none =
          FrameChannel.head().put("do", "map").put("file", folder.resolve("none").toString());
      assertEquals("invalid", peer.ask(none, NOTHING).head().get("error").textValue());
      peer.map(folder.resolve("ring"), 5L * RingPeer.PART);
      scene.put(peer.memory);
      for (int wrong : new int[] {-1, 5, Integer.MAX_VALUE}) {
        peer.memory.putInt(2 * RingPeer.PART, wrong);
        RingFrame answer = peer.ask(RingPeer.sample(8, 8, 3, 10, 5), RingPeer.packed(masks));
        assertEquals("invalid", answer.head().get("error").textValue());
      }
    }
  }

  @Test
  void shouldEndAConnectionThatSendsNoMessages() throws Exception {
    byte[] tooLong = {0, 0, 0, 127, 0, 0, 0, 0};
    byte[] negative = {0, 0, 0, 0, 0, 0, 0, -1};
    byte[] noJson = {2, 0, 0, 0, 0, 0, 0, 0, '{', '['};
    byte[] noObject = {2, 0, 0, 0, 0, 0, 0, 0, '[', ']'};
    for (byte[] wrong : List.of(tooLong, negative, noJson, noObject)) {
      try (RingPeer peer = new RingPeer(socket)) {
        peer.send(wrong);
        assertThrows(EOFException.class, peer::hear);
      }
    }
    try (RingPeer peer = new RingPeer(socket)) {
      peer.send("{\"".getBytes(StandardCharsets.UTF_8));
    }
    peer().close();
  }

  @Test
  void shouldSeeWhatThePeerWritesAfterItsFileHasLostItsName() throws Exception {
    Scene scene = new Scene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 9, 4, 1);
    try (RingPeer peer = peer()) {
      Files.delete(folder.resolve("ring"));
      scene.put(peer.memory);
      assertTrue(
          peer.serve(
                  RingPeer.sample(8, 8, 3, 10, 5),
                  RingPeer.packed(masks),
                  192,
                  RingServerTest::brightness)
              .head()
              .has("done"));
    }
  }

  @Test
  void shouldRefuseASocketThatIsThereOrHasNoFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path wrong : List.of(file, socket, folder.resolve("none").resolve("s"))) {
      assertThrows(InvalidInputException.class, () -> RingServer.start(wrong).close());
    }
    Path longer = folder.resolve("x".repeat(200));
    assertThrows(InvalidInputException.class, () -> RingServer.start(longer).close());
  }

  @Test
  void shouldBreakOffConnectionsWhenItIsClosed() throws Exception {
    try (RingPeer peer = peer()) {
      server.close();
      assertThrows(IOException.class, () -> peer.ask(FrameChannel.head().put("do", "x"), NOTHING));
      assertThrows(IOException.class, () -> new RingPeer(socket).close());
    }
  }
}

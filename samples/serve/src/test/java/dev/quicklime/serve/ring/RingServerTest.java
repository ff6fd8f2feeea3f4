package dev.quicklime.serve.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    RingScene scene = new RingScene(width, height, channels, superpixels);
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
    RingScene scene = new RingScene(8, 8, 3, 4);
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
    RingScene scene = new RingScene(12, 10, 3, 9);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 150, 9, 5);
    double[] weights = Locality.defaults().weights(masks);
    double[] scores = new double[2 * masks.rows()];
    for (int row = 0; row < masks.rows(); row++) {
      System.arraycopy(
          RingScene.brightness(List.of(scene.composed(masks, row))), 0, scores, 2 * row, 2);
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
          RingScene::brightness);
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
          assertEquals(Objects.requireNonNull(fit.r2()), got.get("r2").doubleValue(), 1e-12);
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
    RingScene scene = new RingScene(60, 40, 3, 4);
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
    RingScene scene = new RingScene(8, 8, 3, 4);
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
          peer.serve(sample, RingPeer.packed(masks), 192, RingScene::brightness)
              .head()
              .has("done"));
    }
  }

  @Test
  void shouldServeOthersAfterAPeerHasDied() throws Exception {
    RingScene scene = new RingScene(8, 8, 3, 4);
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
              .serve(sample, RingPeer.packed(masks), 192, RingScene::brightness)
              .head()
              .has("done"));
    }
  }

  @Test
  void shouldSeeWhatThePeerWritesAfterItsFileHasLostItsName() throws Exception {
    RingScene scene = new RingScene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 9, 4, 1);
    try (RingPeer peer = peer()) {
      Files.delete(folder.resolve("ring"));
      scene.put(peer.memory);
      assertTrue(
          peer.serve(
                  RingPeer.sample(8, 8, 3, 10, 5),
                  RingPeer.packed(masks),
                  192,
                  RingScene::brightness)
              .head()
              .has("done"));
    }
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

package dev.quicklime.serve.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may get wrong, and how the next one fares. */
@Timeout(60)
class RingRefusalTest {

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

  @Test
  void shouldSayWhatIsWrongWithScores() throws Exception {
    RingScene scene = new RingScene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 49, 4, 1);
    ObjectNode sample = RingPeer.sample(8, 8, 3, 50, 10);
    List<RingPeer.Scorer> wrong =
        List.of(
            batch -> new double[batch.size() + 1],
            batch -> new double[0],
            batch -> {
              double[] scores = RingScene.brightness(batch);
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
          peer.serve(sample, RingPeer.packed(masks), 192, RingScene::brightness)
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
    RingScene scene = new RingScene(8, 8, 3, 4);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 9, 4, 1);
    String field = change.substring(0, change.indexOf('='));
    String value = change.substring(change.indexOf('=') + 1);
    ObjectNode sample = RingPeer.sample(8, 8, 3, 10, 5);
    switch (value) {
      case "else" -> sample.put(field, value);
      case "1.5" -> sample.put(field, 1.5);
      default -> sample.put(field, Long.parseLong(value));
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
                  RingScene::brightness)
              .head()
              .has("done"));
    }
  }

  @Test
  void shouldRefuseLabelsWithGapsAndFilesThatAreNotThere() throws Exception {
    RingScene scene = new RingScene(8, 8, 3, 4);
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
  void shouldRefuseASocketThatIsThereOrHasNoFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path wrong : List.of(file, socket, folder.resolve("none").resolve("s"))) {
      assertThrows(InvalidInputException.class, () -> RingServer.start(wrong).close());
    }
    Path longer = folder.resolve("x".repeat(200));
    assertThrows(InvalidInputException.class, () -> RingServer.start(longer).close());
  }
}

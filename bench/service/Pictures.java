import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.SceneGenerator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Scenes as files, each of its own, and requests that ask for their explanations. */
final class Pictures {

  private static final int SIDE = 96;

  private final List<byte[]> files = new ArrayList<>();
  private final List<ByteBuffer> requests = new ArrayList<>();

  /**
   * Draws them.
   *
   * @param parameters of all requests, a JSON object
   */
  Pictures(int count, String parameters) {
    SceneGenerator scenes = new SceneGenerator(19, SIDE, SIDE);
    for (int i = 0; i < count; i++) {
      byte[] file = ImageFiles.encodePng(scenes.scene(i).image());
      files.add(file);
      requests.add(request(body(file, parameters)));
    }
  }

  /** What asks for a picture's explanation. */
  static String body(byte[] file, String parameters) {
    return "{\"instances\": [{\"image\": {\"b64\": \"%s\"}}], \"parameters\": %s}"
        .formatted(Base64.getEncoder().encodeToString(file), parameters);
  }

  /** A request as it goes over a connection that is kept. */
  static ByteBuffer request(String body, String... headers) {
    String head =
        "POST /v1/models/scenes:explain HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n%sContent-Length: %s\r\n\r\n"
            .formatted(
                String.join("", List.of(headers).stream().map(one -> one + "\r\n").toList()),
                body.length());
    byte[] bytes = (head + body).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
  }

  int count() {
    return files.size();
  }

  byte[] file(int i) {
    return files.get(i);
  }

  ByteBuffer request(int i) {
    return requests.get(i).duplicate();
  }
}

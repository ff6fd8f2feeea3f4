package dev.quicklime.serve.ring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.design.MaskMatrix;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The other end of a connection, which has a function. */
final class RingPeer implements AutoCloseable {

  /** Parts of the mapping begin at multiples of this. */
  static final int PART = 1 << 16;

  private final SocketChannel socket;
  private final InputStream in;
  private final OutputStream out;
  private final FrameChannel channel;

  /** The mapping. */
  MappedByteBuffer memory = (MappedByteBuffer) ByteBuffer.allocateDirect(1);

  RingPeer(Path where) throws IOException {
    socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(where));
    in = Channels.newInputStream(socket);
    out = Channels.newOutputStream(socket);
    channel = new FrameChannel(in, out);
  }

  /** Sends bytes that may be no message. */
  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends a message. */
  void send(ObjectNode head, byte[] body) throws IOException {
    byte[] json = head.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer message =
        ByteBuffer.allocate(8 + json.length + body.length).order(ByteOrder.LITTLE_ENDIAN);
    send(message.putInt(json.length).putInt(body.length).put(json).put(body).array());
  }

  /** Waits for the next message. */
  RingFrame hear() throws IOException {
    RingFrame heard = channel.read();
    if (heard == null) {
      throw new EOFException("the server has ended the connection");
    }
    return heard;
  }

  RingFrame ask(ObjectNode head, byte[] body) throws IOException {
    send(head, body);
    return hear();
  }

  RingFrame map(Path file, long bytes) throws IOException {
    try (FileChannel opened =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      memory = opened.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
    }
    memory.order(ByteOrder.nativeOrder());
    return ask(FrameChannel.head().put("do", "map").put("file", file.toString()), new byte[0]);
  }

  /** A request for samples of a picture in part 0, filled as in part 1, with labels in part 2. */
  static ObjectNode sample(int width, int height, int channels, int rows, int batch) {
    ObjectNode head =
        FrameChannel.head()
            .put("do", "sample")
            .put("width", width)
            .put("height", height)
            .put("channels", channels)
            .put("picture", 0)
            .put("filled", PART)
            .put("labels", 2 * PART)
            .put("rows", rows)
            .put("batch", batch);
    head.putArray("slots").add(3 * PART).add(4 * PART);
    return head;
  }

  static byte[] packed(MaskMatrix masks) {
    ByteBuffer words =
        ByteBuffer.allocate(masks.rows() * masks.wordsPerRow() * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < masks.rows(); row++) {
      for (int word = 0; word < masks.wordsPerRow(); word++) {
        words.putLong(masks.word(row, word));
      }
    }
    return words.array();
  }

  static byte[] packed(double... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(numbers);
    return bytes.array();
  }

  /** What the function is handed: rows of a batch. */
  interface Scorer extends Function<List<byte[]>, double[]> {}

  /** Scores all batches; returns the answer after them. */
  RingFrame serve(ObjectNode request, byte[] masks, int pictureBytes, Scorer scorer)
      throws IOException {
    RingFrame heard = ask(request, masks);
    while (heard.head().has("score")) {
      List<byte[]> batch = new ArrayList<>();
      for (int row = 0; row < heard.head().get("rows").intValue(); row++) {
        byte[] picture = new byte[pictureBytes];
        memory.get(heard.head().get("score").intValue() + row * pictureBytes, picture);
        batch.add(picture);
      }
      double[] scores = scorer.apply(batch);
      heard = ask(FrameChannel.head().put("scores", scores.length), packed(scores));
    }
    return heard;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

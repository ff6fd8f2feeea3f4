package dev.quicklime.torch.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds safetensors files byte by byte. */
public final class TestWeights {

  private final Map<String, String> heads = new LinkedHashMap<>();
  private final List<byte[]> blocks = new ArrayList<>();
  private long end;

  /** Adds a tensor of singles. */
  public TestWeights floats(String name, List<Long> shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes(name, "F32", shape, bytes.array());
  }

  /** Adds a tensor. */
  public TestWeights bytes(String name, String type, List<Long> shape, byte... values) {
    heads.put(
        name,
        "{\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
            .formatted(type, shape, end, end + values.length));
    end += values.length;
    blocks.add(values);
    return this;
  }

  /** Writes the file. */
  public Path save(Path file) throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\": {\"format\": \"pt\"}");
    heads.forEach((name, head) -> header.append(", \"" + name + "\": " + head));
    return write(file, header + "}", blocks);
  }

  /** Writes a file with any header. */
  static Path write(Path file, String header, List<byte[]> blocks) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    int size = Long.BYTES + json.length + blocks.stream().mapToInt(block -> block.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    blocks.forEach(bytes::put);
    return Files.write(file, bytes.array());
  }
}

import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.imports.ModelImport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes weights of zeros for an architecture, to be imported: Weights ARCHITECTURE FILE. */
final class Weights {

  private Weights() {}

  public static void main(String[] args) throws IOException {
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (Map.Entry<String, List<Long>> tensor :
        ModelImport.tensors(Architecture.parse(args[0]), 10).entrySet()) {
      boolean counter = tensor.getKey().endsWith("num_batches_tracked");
      long bytes = tensor.getValue().stream().reduce(counter ? 8L : 4L, (all, side) -> all * side);
      header.append(at == 0 ? "" : ",");
      header.append(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.getKey(), counter ? "I64" : "F32", tensor.getValue(), at, at + bytes));
      at += bytes;
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(length.putLong(json.length).array());
      out.write(json);
      byte[] zeros = new byte[1 << 20];
      for (long left = at; left > 0; left -= zeros.length) {
        out.write(zeros, 0, (int) Math.min(zeros.length, left));
      }
    }
  }
}

package dev.quicklime.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Tells kinds of model files by their content. */
final class ModelFileContent {

  /** A pickle of the number that torch.save put first before there was a zip archive around all. */
  private static final String OLD_TORCH = "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019";

  private static final Pattern COMPILED =
      Pattern.compile("(?:[^/]+/)?data/aotinductor/[^/]+/[^/]+");
  private static final Pattern EXPORTED =
      Pattern.compile("(?:[^/]+/)?(?:models/[^/]+\\.json|serialized_exported_program\\.json)");
  private static final Pattern SCRIPT = Pattern.compile("(?:[^/]+/)?constants\\.pkl");
  private static final Pattern PICKLE = Pattern.compile("[^/]+/data\\.pkl");

  /** What a class of Python's looks like in a pickle of torch.save, and what belongs to tensors. */
  private static final Pattern GLOBAL = Pattern.compile("c([\\w.]+)\n([\\w.]+)\n");

  /** Beginnings of gzip, bzip2, xz, zstd and 7z. */
  private static final List<String> PACKED =
      List.of("\u001f\u008b", "BZh", "\u00fd7zXZ\0", "(\u00b5/\u00fd", "7z\u00bc\u00af");

  /** Beginnings of PNG, JPEG, GIF, both kinds of TIFF. */
  private static final List<String> PICTURES =
      List.of("\u0089PNG\r\n", "\u00ff\u00d8\u00ff", "GIF8", "II*\0", "MM\0*");

  /** The largest fields that tell ONNX and Core ML apart; more than these neither has. */
  private static final int MOST_FIELDS = 1 << 16;

  private static final int START = 1024;
  private static final int TAR_MARK = 257;
  private static final int MOST_END = 22 + 65535;

  private ModelFileContent() {}

  static ModelFileKind kind(Path file) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(START);
    }
    if (first.length == 0) {
      return ModelFileKind.EMPTY;
    }
    String start = new String(first, StandardCharsets.ISO_8859_1);
    if (start.startsWith("PK")) {
      return archive(file);
    }
    if (start.startsWith("\u0080")) {
      return start.startsWith(OLD_TORCH, 2) ? ModelFileKind.OLD_TORCH : ModelFileKind.PICKLE;
    }
    ModelFileKind marked = marked(start);
    if (marked != ModelFileKind.OTHER) {
      return marked;
    }
    if (safetensors(first, Files.size(file))) {
      return ModelFileKind.SAFETENSORS;
    }
    return text(first) ? ModelFileKind.TEXT : protocolBuffer(file);
  }

  /** By the marks that formats begin with. */
  private static ModelFileKind marked(String start) {
    if (start.startsWith("\u0089HDF\r\n")) {
      return ModelFileKind.HDF5;
    }
    if (start.startsWith("TFL3", 4)) {
      return ModelFileKind.TFLITE;
    }
    if (start.startsWith("ORTM", 4)) {
      return ModelFileKind.ORT;
    }
    if (start.startsWith("ptrt") || start.startsWith("ftrt")) {
      return ModelFileKind.TENSOR_RT;
    }
    if (start.startsWith("ET", 4) && start.matches("(?s).{6}\\d\\d.*")) {
      return ModelFileKind.EXECU_TORCH;
    }
    if (start.startsWith("\u0093NUMPY")) {
      return ModelFileKind.NUMPY;
    }
    if (PACKED.stream().anyMatch(start::startsWith)) {
      return ModelFileKind.PACKED;
    }
    if (PICTURES.stream().anyMatch(start::startsWith)
        || (start.startsWith("RIFF") && start.startsWith("WEBP", 8))) {
      return ModelFileKind.PICTURE;
    }
    if (start.startsWith("GGUF")) {
      return ModelFileKind.GGUF;
    }
    if (start.startsWith("version https://git-lfs")) {
      return ModelFileKind.LFS_POINTER;
    }
    // The very first files of torch.save were tape archives of four members.
    if (start.startsWith("ustar", TAR_MARK)
        && start.matches("(?s)(?:\\./)?(?:sys_info|storages).*")) {
      return ModelFileKind.OLD_TORCH;
    }
    if (start.startsWith("ustar", TAR_MARK)) {
      return ModelFileKind.PACKED;
    }
    String words = start.strip().toLowerCase(Locale.ROOT);
    if (words.startsWith("<!doctype html") || words.startsWith("<html")) {
      return ModelFileKind.WEB_PAGE;
    }
    if (words.startsWith("<") && words.contains("<net ") && words.contains("<layers")) {
      return ModelFileKind.OPEN_VINO;
    }
    return words.startsWith("{")
            && Pattern.compile("\"weight_map\"|\"metadata\"").matcher(words).find()
        ? ModelFileKind.WEIGHTS_INDEX
        : ModelFileKind.OTHER;
  }

  /** A length of eight bytes and as much JSON behind it. */
  private static boolean safetensors(byte[] first, long size) {
    if (first.length < Long.BYTES + 2 || first[Long.BYTES] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length >= 2 && length <= size - Long.BYTES;
  }

  /** No control characters, in UTF-8 whose last character may be cut off, or in UTF-16. */
  private static boolean text(byte[] first) {
    String start = new String(first, StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) {
      return true;
    }
    String letters = new String(first, StandardCharsets.UTF_8);
    int wrong = letters.indexOf('\uFFFD');
    return (wrong < 0 || (first.length == START && wrong >= letters.length() - 3))
        && start
            .chars()
            .allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f');
  }

  private static ModelFileKind archive(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (holds(zip, COMPILED)) {
        return ModelFileKind.COMPILED_PACKAGE;
      }
      if (holds(zip, SCRIPT)) {
        return ModelFileKind.TORCH_SCRIPT;
      }
      if (holds(zip, EXPORTED)) {
        return ModelFileKind.EXPORTED_PROGRAM;
      }
      if (zip.getEntry("MAR-INF/MANIFEST.json") != null) {
        return ModelFileKind.TORCH_SERVE;
      }
      if (zip.size() > 0 && zip.stream().allMatch(entry -> entry.getName().endsWith(".npy"))) {
        return ModelFileKind.NUMPY;
      }
      if (zip.getEntry("config.json") != null && zip.getEntry("metadata.json") != null) {
        return ModelFileKind.KERAS;
      }
      ZipEntry pickle =
          zip.stream()
              .filter(entry -> PICKLE.matcher(entry.getName()).matches())
              .findFirst()
              .orElse(null);
      return pickle == null ? ModelFileKind.ZIP : pickled(zip, pickle);
    } catch (ZipException e) {
      return ended(file) ? ModelFileKind.ZIP : ModelFileKind.CUT_OFF;
    }
  }

  /** Whether a zip archive has the mark of its end, behind which there may be a comment. */
  private static boolean ended(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      ByteBuffer last = ByteBuffer.allocate((int) Math.min(MOST_END, in.size()));
      in.read(last, in.size() - last.capacity());
      return new String(last.array(), StandardCharsets.ISO_8859_1).contains("PK\5\6");
    }
  }

  private static boolean holds(ZipFile zip, Pattern name) {
    return zip.stream().anyMatch(entry -> name.matcher(entry.getName()).matches());
  }

  /** The first class that a pickle names is that of the whole, which for tensors is a dict. */
  private static ModelFileKind pickled(ZipFile zip, ZipEntry entry) throws IOException {
    byte[] start;
    try (InputStream in = zip.getInputStream(entry)) {
      start = in.readNBytes(2 * START);
    }
    String pickle = new String(start, StandardCharsets.ISO_8859_1);
    boolean module =
        GLOBAL
            .matcher(pickle.matches("(?s)\u0080..*") ? pickle.substring(2) : pickle)
            .region(0, Math.max(0, Math.min(pickle.length() - 2, START)))
            .lookingAt();
    return module
            && !pickle.startsWith("ccollections\n", 2)
            && !pickle.startsWith("ctorch._utils\n", 2)
        ? ModelFileKind.PICKLED_MODULE
        : ModelFileKind.STATE_DICT;
  }

  /**
   * By the numbers of the outermost fields: ONNX has version, graph (7) and operator sets (8), Core
   * ML a version, a description (2) and one kind of model (200 and more), a SavedModel nothing but
   * a version and graphs.
   */
  private static ModelFileKind protocolBuffer(Path file) throws IOException {
    Set<Integer> fields = new TreeSet<>();
    try (FileChannel in = FileChannel.open(file)) {
      ByteBuffer head = ByteBuffer.allocate(20);
      long size = in.size();
      long at = 0;
      for (int i = 0; at < size && i < MOST_FIELDS; i++) {
        in.read(head.clear(), at);
        head.flip();
        long tag = varint(head);
        long length =
            switch ((int) (tag & 7)) {
              case 0 -> varint(head) < 0 ? -1 : 0;
              case 1 -> Long.BYTES;
              case 2 -> varint(head);
              case 5 -> Integer.BYTES;
              default -> -1;
            };
        if (tag < 8 || tag >> 3 > 1 << 29 || length < 0 || length > size - at - head.position()) {
          return ModelFileKind.OTHER;
        }
        fields.add((int) (tag >> 3));
        at += head.position() + length;
      }
    }
    if (fields.contains(7) && fields.stream().allMatch(field -> field <= 30)) {
      return ModelFileKind.ONNX;
    }
    if (fields.containsAll(Set.of(1, 2)) && fields.stream().anyMatch(field -> field >= 200)) {
      return ModelFileKind.CORE_ML;
    }
    return fields.equals(Set.of(1, 2)) && Files.size(file) > START
        ? ModelFileKind.SAVED_MODEL
        : ModelFileKind.OTHER;
  }

  /** A number of one to ten bytes, or −1 where there is none. */
  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && from.hasRemaining(); shift += 7) {
      byte next = from.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }
}

package dev.quicklime.torch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A package as {@code torch._inductor.aoti_compile_and_package} writes it: a zip archive with
 * {@code …/data/aotinductor/NAME/}, which holds a shared library, the C++ that it was compiled from
 * and metadata. Read without running any of it.
 *
 * @param file the archive
 * @param name the model's in it
 * @param metadata what inductor and the exporter note of it
 * @param wrapper C++ of the part that calls the kernels, or null if there is none
 * @param commands command lines of the compiler, as far as the C++ holds them
 */
record PackageFile(
    Path file,
    String name,
    Map<String, String> metadata,
    @Nullable String wrapper,
    List<String> commands) {

  private static final Pattern MEMBER =
      Pattern.compile("(?:[^/]+/)?data/aotinductor/([^/]+)/([^/]+)");

  /** Of any system: which one it is for, the metadata say. */
  private static final Pattern LIBRARY = Pattern.compile(".*\\.(?:so|dylib|dll|pyd)");

  private static final Pattern WEIGHTS = Pattern.compile("(?:[^/]+/)?data/weights/.*");
  private static final Pattern COMMAND =
      Pattern.compile("^// \\S*(?:\\+\\+|cc|clang).*$", Pattern.MULTILINE);
  private static final JsonMapper MAPPER = new JsonMapper();

  /** No deflated byte holds more than this. */
  private static final int MOST_DEFLATED = 1032;

  /** How often a text is there at once: as bytes, by itself, among all others, and growing. */
  private static final int TEXT_COPIES = 4;

  private static final int JSON_GROWTH = 20;

  /** Whether a file is an archive with compiled code in it, by its content. */
  static boolean recognises(Path file) {
    return holds(file, MEMBER);
  }

  private static boolean holds(Path file, Pattern name) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().anyMatch(entry -> name.matcher(entry.getName()).matches());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads what the package says of itself.
   *
   * @throws QuicklimeException if it is no package, is damaged, or holds several models
   */
  static PackageFile read(Path file) {
    try (ZipFile zip = open(file)) {
      TreeSet<String> names = new TreeSet<>();
      List<Member> members = members(zip);
      members.forEach(member -> names.add(member.model()));
      if (names.size() != 1) {
        throw new QuicklimeException(
            names.isEmpty()
                ? ("model %s must hold compiled code, data/aotinductor/model/*.so, got an archive"
                        + " without; compile it with torch._inductor.aoti_compile_and_package or"
                        + " samples/export/export_model.py")
                    .formatted(file)
                : "model %s must hold one model, got %d: %s"
                    .formatted(file, names.size(), String.join(", ", names)));
      }
      checkLibrary(file, zip, members);
      ReadBudget budget = ReadBudget.of(file);
      Map<String, String> metadata = new TreeMap<>();
      StringBuilder sources = new StringBuilder();
      String wrapper = null;
      for (Member member : members) {
        if (member.name().endsWith("_metadata.json")) {
          metadata.putAll(metadata(member, zip, budget));
        } else if (member.name().endsWith(".cpp")) {
          String source = text(zip, member.entry(), budget);
          sources.append(source).append('\n');
          wrapper = source.contains("AOTInductorModel::run_impl") ? source : wrapper;
        }
      }
      List<String> commands =
          COMMAND.matcher(sources).results().map(result -> result.group()).toList();
      return new PackageFile(file, names.first(), Map.copyOf(metadata), wrapper, commands);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (InvalidInputException e) {
      if (!Files.isRegularFile(file)) {
        throw e;
      }
      throw new QuicklimeException("model " + file + ": " + e.getMessage(), e);
    }
  }

  private static ZipFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "model " + file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new QuicklimeException(
          ("model %s must be a package as torch._inductor.aoti_compile_and_package writes it, a zip"
                  + " archive; got a file that is none or is cut off (%d bytes)")
              .formatted(file, Files.size(file)),
          e);
    }
  }

  private static void checkLibrary(Path file, ZipFile zip, List<Member> members) {
    if (members.stream().noneMatch(member -> LIBRARY.matcher(member.name()).matches())) {
      throw new QuicklimeException(
          ("model %s must hold a compiled library, got C++ alone; export it without"
                  + " package_cpp_only")
              .formatted(file));
    }
    boolean outside =
        zip.stream()
            .anyMatch(entry -> !entry.isDirectory() && WEIGHTS.matcher(entry.getName()).matches());
    if (outside) {
      throw new QuicklimeException(
          ("model %s must hold its weights in the compiled library, got them as files beside it;"
                  + " export it without package_constants_on_disk_format")
              .formatted(file));
    }
  }

  /**
   * Unpacks the model's files.
   *
   * @param folder an empty folder
   * @throws IOException if the folder cannot be written
   * @throws QuicklimeException if the package is damaged
   */
  void unpack(Path folder) throws IOException {
    Path target = folder.resolve("data").resolve("aotinductor").resolve(folderName());
    Files.createDirectories(target);
    try (ZipFile zip = open(file)) {
      for (Member member : members(zip)) {
        try {
          unpack(zip, member, target.resolve(member.name()));
        } catch (ZipException e) {
          throw unreadable(file, e);
        } catch (InvalidPathException e) {
          throw misnamed(e);
        }
      }
    }
  }

  /** The model's name as one of a folder. */
  private Path folderName() {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw misnamed(e);
    }
  }

  private QuicklimeException misnamed(InvalidPathException e) {
    return new QuicklimeException(
        "model %s must have names that files can have here, got one that cannot: %s"
            .formatted(file, e.getReason()),
        e);
  }

  private void unpack(ZipFile zip, Member member, Path target) throws IOException {
    long size = member.entry().getSize();
    if (size < 0 || size / MOST_DEFLATED > member.entry().getCompressedSize()) {
      throw new QuicklimeException(
          "model %s must be whole, got %s that announces %d bytes and cannot have them"
              .formatted(file, member.name(), size));
    }
    // Stored entries come without a check of their sum, and damaged code must not be run.
    CRC32 sum = new CRC32();
    long copied = 0;
    byte[] part = new byte[1 << 16];
    try (InputStream in = new CheckedInputStream(zip.getInputStream(member.entry()), sum);
        OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      // Not one byte more than announced: what unpacks without an end would fill the disk.
      for (int n = in.read(part); n >= 0 && copied <= size; n = in.read(part)) {
        copied += n;
        out.write(part, 0, n);
      }
    }
    if (copied != size || sum.getValue() != member.entry().getCrc()) {
      throw new QuicklimeException(
          "model %s must be whole, got %s with a wrong length or checksum"
              .formatted(file, member.name()));
    }
  }

  private static List<Member> members(ZipFile zip) {
    return zip.stream()
        .filter(entry -> !entry.isDirectory())
        .<Member>mapMulti(
            (entry, take) -> {
              Matcher matcher = MEMBER.matcher(entry.getName());
              if (matcher.matches() && plain(matcher.group(1)) && plain(matcher.group(2))) {
                take.accept(new Member(matcher.group(1), matcher.group(2), entry));
              }
            })
        .toList();
  }

  /** Whether a name stays in the folder it is unpacked to. */
  private static boolean plain(String name) {
    return !name.equals(".") && !name.equals("..") && name.indexOf('\\') < 0;
  }

  private static Map<String, String> metadata(Member member, ZipFile zip, ReadBudget budget)
      throws IOException {
    Map<String, String> values = new TreeMap<>();
    try {
      String text = text(zip, member.entry(), budget);
      // As JSON it takes some times as much.
      budget.take(text.length(), JSON_GROWTH);
      JsonNode json = MAPPER.readTree(text);
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        values.put(field.getKey(), field.getValue().asText());
      }
    } catch (JacksonException e) {
      throw new IOException(member.name() + " is no JSON", e);
    }
    return values;
  }

  private static String text(ZipFile zip, ZipEntry entry, ReadBudget budget) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      // The bytes, the text and its copy among all sources; what the archive announces is no
      // matter.
      long most = Math.min(Integer.MAX_VALUE - 8, budget.left() / TEXT_COPIES);
      byte[] bytes = in.readNBytes((int) most);
      if (bytes.length == most && in.read() >= 0) {
        throw new IOException("%s of more than %d bytes".formatted(entry.getName(), most));
      }
      budget.take(bytes.length, TEXT_COPIES);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static QuicklimeException unreadable(Path file, IOException e) {
    return new QuicklimeException(
        "model %s must be a package that can be read, got %s".formatted(file, e.getMessage()), e);
  }

  private record Member(String model, String name, ZipEntry entry) {}
}

package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip archive of torch.save: in one folder {@code data.pkl}, {@code byteorder} and,
 * uncompressed, one file for each storage.
 */
final class TorchArchive implements AutoCloseable {

  private static final String PICKLE = "data.pkl";

  /** The pickles of the largest classifiers have a few hundred kilobytes. */
  private static final long MAX_PICKLE = 16 << 20;

  /** What a tensor may take that has some elements more than once. */
  private static final long MOST_REPEATED = 16 << 20;

  private static final int CHUNK = 1 << 16;

  private final ZipFile zip;
  private final long size;
  private final String folder;
  private final ReadBudget budget;

  private TorchArchive(ZipFile zip, long size, String folder) {
    this.zip = zip;
    this.size = size;
    this.folder = folder;
    this.budget = ReadBudget.of(size);
  }

  /** What everything that is made of the pickle may take. */
  ReadBudget budget() {
    return budget;
  }

  /** Opens an archive; an {@link InvalidInputException} says what is wrong with it. */
  static TorchArchive open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new InvalidInputException(
          "must be a whole zip archive, got one that is cut off or damaged: "
              + Names.shown(String.valueOf(e.getMessage())),
          e);
    }
    try {
      TorchArchive archive = new TorchArchive(zip, Files.size(file), folder(zip));
      archive.checkByteOrder();
      return archive;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static String folder(ZipFile zip) {
    List<String> pickles =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.indexOf('/') == name.length() - PICKLE.length() - 1)
            .filter(name -> name.endsWith("/" + PICKLE))
            .toList();
    if (pickles.size() != 1) {
      throw new InvalidInputException(
          "must be an archive of torch.save, got a zip file with %d %s"
              .formatted(pickles.size(), PICKLE));
    }
    String name = pickles.getFirst();
    String folder = name.substring(0, name.length() - PICKLE.length());
    if (zip.getEntry(folder + "constants.pkl") != null) {
      throw new InvalidInputException(
          "must be a state dict, got a TorchScript model, which can be used as it is");
    }
    return folder;
  }

  private void checkByteOrder() throws IOException {
    ZipEntry entry = zip.getEntry(folder + "byteorder");
    if (entry != null) {
      String order = new String(bytes(entry, 16), StandardCharsets.UTF_8);
      if (!order.equals("little")) {
        throw new InvalidInputException("its byte order must be little, got " + Names.shown(order));
      }
    }
  }

  /** The pickle of what was saved. */
  byte[] pickle() throws IOException {
    return bytes(entry(folder + PICKLE), Math.min(MAX_PICKLE, budget.left()));
  }

  /**
   * Refuses a tensor that shows its storage's elements so often that no file of this size is meant
   * to become that, and a storage that is not there.
   */
  void check(Pickled.Tensor tensor) {
    check(tensor.storage());
    long bytes = tensor.view().tensor().elements() * tensor.storage().type().bytes();
    if (bytes > size && bytes > MOST_REPEATED) {
      throw new InvalidInputException(
          "a tensor must be stored whole, got %d elements %s of a storage of %d"
              .formatted(
                  tensor.view().tensor().elements(),
                  tensor.view().tensor().shape(),
                  tensor.storage().elements()));
    }
  }

  /** Refuses a storage that is not there with as many bytes as its elements take. */
  private void check(Pickled.Storage storage) {
    ZipEntry entry = entry(folder + "data/" + storage.key());
    long bytes = storage.elements() * storage.type().bytes();
    if (entry.getMethod() != ZipEntry.STORED
        || entry.getSize() != bytes
        || entry.getCompressedSize() != bytes
        || bytes > size) {
      throw new InvalidInputException(
          "storage %s must have %d bytes, uncompressed, got %d"
              .formatted(Names.shown(storage.key()), bytes, entry.getSize()));
    }
  }

  /** Copies a storage that was checked. */
  void read(Pickled.Storage storage, MemorySegment to) throws IOException {
    ZipEntry entry = entry(folder + "data/" + storage.key());
    byte[] chunk = new byte[CHUNK];
    CRC32 sum = new CRC32();
    try (InputStream in = zip.getInputStream(entry)) {
      long at = 0;
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        MemorySegment.copy(chunk, 0, to, ValueLayout.JAVA_BYTE, at, n);
        sum.update(chunk, 0, n);
        at += n;
      }
      if (at != entry.getSize()) {
        throw new IOException("%d of %d bytes are there".formatted(at, entry.getSize()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (sum.getValue() != entry.getCrc()) {
      throw new IOException("its checksum is not that of the archive: the file is damaged");
    }
  }

  private byte[] bytes(ZipEntry entry, long most) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(most + 1));
      if (bytes.length > most) {
        throw new InvalidInputException(
            "%s must have at most %d bytes, got more"
                .formatted(Names.shown(entry.getName()), most));
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw new InvalidInputException(
          "%s is damaged: %s".formatted(Names.shown(entry.getName()), Names.shown(e.toString())),
          e);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new InvalidInputException(
          "must have all of its parts, got an archive without " + Names.shown(name));
    }
    return entry;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

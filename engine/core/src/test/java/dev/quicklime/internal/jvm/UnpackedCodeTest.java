package dev.quicklime.internal.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedCodeTest {

  private static final FileTime TIME = FileTime.fromMillis(1_600_000_000_000L);

  @TempDir Path folder;

  private Path jar;
  private Path cache;
  private Path unpacked;
  private Path library;

  @BeforeEach
  void unpack() throws IOException {
    jar = folder.resolve("code.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("org/code/libcode.so"));
      zip.write(new byte[1000]);
    }
    cache = Files.createDirectories(folder.resolve("cache"));
    unpacked = cache.resolve("code.jar");
    library = Files.createDirectories(unpacked.resolve("org/code")).resolve("libcode.so");
    Files.write(library, new byte[1000]);
    Files.setLastModifiedTime(library, TIME);
    Files.writeString(unpacked.resolve("org/code/other.so"), "of somebody else");
  }

  /** Changes a byte and puts the time back, as a disk would that has forgotten. */
  private void damage() throws IOException {
    byte[] bytes = Files.readAllBytes(library);
    bytes[500] = 1;
    Files.write(library, bytes);
    Files.setLastModifiedTime(library, TIME);
  }

  private void mend() throws IOException {
    UnpackedCode.mend(cache, unpacked, jar);
  }

  @Test
  void shouldLeaveWhatIsWhole() throws IOException {
    mend();
    mend();
    assertTrue(Files.exists(library));
    assertTrue(Files.exists(unpacked.resolve("org/code/other.so")));
  }

  @Test
  void shouldTakeAwayWhatIsDamaged() throws IOException {
    damage();
    mend();
    assertFalse(Files.exists(library));
  }

  @Test
  void shouldSeeDamageAfterItWasFoundToBeWhole() throws IOException {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("unix"),
        "needs the time of the last change");
    mend();
    damage();
    mend();
    assertFalse(Files.exists(library));
  }

  @Test
  void shouldReadWhatIsKnownOnceOnly() throws IOException {
    mend();
    Path record = unpacked.resolve(".quicklime-checked");
    FileTime written = Files.getLastModifiedTime(record);
    // Without its jar nothing could be compared.
    Files.delete(jar);
    mend();
    assertEquals(written, Files.getLastModifiedTime(record));
  }

  @Test
  void shouldLeaveAllWhileSomebodyIsUnpacking() throws IOException {
    damage();
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      mend();
      assertTrue(Files.exists(library));
    }
  }
}

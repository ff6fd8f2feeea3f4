package dev.quicklime.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenFolderTest {

  private final FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(3)));

  @TempDir Path parent;

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** What a killed run leaves. */
  private Path left(String name) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name).resolve("figures"));
    Files.writeString(folder.resolve("half.png"), "half");
    Files.createFile(parent.resolve(name).resolve(HiddenFolder.LOCK));
    return parent.resolve(name);
  }

  private void age(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, old);
      }
    }
  }

  @Test
  void shouldTakeAwayWhatIsOldAndUnlocked() throws IOException {
    age(left(".quicklime-0123456789abcdef"));
    age(left(".quicklime-1234567890123456789"));
    HiddenFolder.in(parent).close();
    assertEquals(List.of(), names());
  }

  @Test
  void shouldLeaveWhatWasTouchedAShortWhileAgo() throws IOException {
    Path recent = left(".quicklime-0123456789abcdef");
    age(recent);
    Files.setLastModifiedTime(
        recent.resolve("figures/half.png"), FileTime.from(Instant.now().minusSeconds(60)));
    HiddenFolder.in(parent).close();
    assertTrue(Files.exists(recent));
  }

  @Test
  void shouldLeaveWhatIsLocked() throws IOException {
    Path locked = left(".quicklime-0123456789abcdef");
    age(locked);
    try (FileChannel channel =
            FileChannel.open(locked.resolve(HiddenFolder.LOCK), StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      HiddenFolder.in(parent).close();
    }
    assertTrue(Files.exists(locked));
  }

  @Test
  void shouldLeaveFoldersOfOthersAndItsOwn() throws IOException {
    age(left(".quicklime-notes"));
    age(left("quicklime-0123456789abcdef"));
    Path result = left(".quicklime-00000000000000aa");
    Files.createDirectory(result.resolve("earlier.cat"));
    age(result);
    try (HiddenFolder own = HiddenFolder.in(parent)) {
      Files.setLastModifiedTime(own.path().resolve(HiddenFolder.LOCK), old);
      Files.setLastModifiedTime(own.path(), old);
      HiddenFolder.in(parent).close();
      assertTrue(Files.exists(own.path()));
    }
    assertEquals(
        List.of(".quicklime-00000000000000aa", ".quicklime-notes", "quicklime-0123456789abcdef"),
        names());
    assertEquals(List.of(result.resolve("earlier.cat")), Leftovers.movedAside(parent));
  }

  @Test
  void shouldTakeAwayOldFilesOfEarlierVersions() throws IOException {
    Path file = Files.createFile(parent.resolve(".scenes-1234567890.pt"));
    Files.setLastModifiedTime(file, old);
    Leftovers.sweep(parent, ".scenes-", Duration.ofHours(1));
    assertEquals(List.of(), names());
  }

  @Test
  void shouldNotFollowLinksWhereItDeletes() throws IOException {
    Path kept = Files.createDirectory(parent.resolve("kept"));
    Files.writeString(kept.resolve("file"), "text");
    try (HiddenFolder folder = HiddenFolder.in(parent)) {
      Files.createSymbolicLink(folder.path().resolve("link"), kept);
    }
    assertEquals(List.of("kept"), names());
    assertTrue(Files.exists(kept.resolve("file")));
  }

  @Test
  void shouldGiveTheModesThatFilesHave() throws IOException {
    assumeTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"));
    Path plain = Files.createDirectory(parent.resolve("plain"));
    try (HiddenFolder folder = HiddenFolder.in(parent)) {
      assertEquals(
          Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder.path()));
    }
  }

  @Test
  void shouldLetTheFolderGoOnceItHasAnotherName() throws IOException {
    Path target = parent.resolve("report");
    try (HiddenFolder folder = HiddenFolder.in(parent)) {
      Files.writeString(folder.path().resolve("report.html"), "whole");
      folder.release();
      Files.move(folder.path(), target);
    }
    assertEquals(List.of("report"), names());
    assertFalse(Files.exists(target.resolve(HiddenFolder.LOCK)));
  }

  @Test
  void shouldSayWhereThereIsNoRoomAndLeaveNothing() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device that is always full is there on Linux only");
    Path file = Files.createSymbolicLink(parent.resolve("model.pt"), full);
    FileSystemException e =
        assertThrows(FileSystemException.class, () -> Room.reserve(file, 5_000_000));
    assertEquals(file.toString(), e.getFile());
    assertEquals("must have room for 5000000 bytes: No space left on device", e.getReason());
    assertEquals(List.of(), names());
  }

  @Test
  void shouldReserveAsManyBytes() throws IOException {
    Path file = parent.resolve("model.pt");
    Room.reserve(file, 2_500_000);
    assertEquals(2_500_000, Files.size(file));
  }
}

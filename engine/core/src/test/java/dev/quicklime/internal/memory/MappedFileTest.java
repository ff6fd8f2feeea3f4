package dev.quicklime.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {

  @TempDir Path folder;

  @Test
  void shouldShareBytesBothWays() throws Exception {
    Path path = Files.write(folder.resolve("ring"), new byte[5000]);
    try (MappedFile one = MappedFile.shared(path);
        MappedFile other = MappedFile.shared(path)) {
      assertEquals(5000, one.segment().byteSize());
      Files.delete(path);
      one.segment().set(ValueLayout.JAVA_BYTE, 4999, (byte) 7);
      other.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 9);
      assertEquals(7, other.segment().get(ValueLayout.JAVA_BYTE, 4999));
      assertEquals(9, one.segment().get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  @Test
  void shouldNameItselfWhenItIsUsedAfterClosing() throws Exception {
    MappedFile file = MappedFile.shared(Files.write(folder.resolve("ring"), new byte[8]));
    file.close();
    file.close();
    assertThrows(IllegalStateException.class, file::segment);
    assertThrows(IOException.class, () -> MappedFile.shared(folder.resolve("none")));
  }

  @Test
  void shouldNotLetWriteToWhatIsToBeRead() throws Exception {
    try (MappedFile file = new MappedFile(Files.write(folder.resolve("m"), new byte[] {1, 2}))) {
      assertEquals(2, file.segment().get(ValueLayout.JAVA_BYTE, 1));
      assertTrue(file.segment().isReadOnly());
    }
    assertThrows(IOException.class, () -> new MappedFile(folder.resolve("none")));
  }
}

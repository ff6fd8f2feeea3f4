package dev.quicklime.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFileTest {

  @TempDir Path folder;

  @Test
  void shouldShareBytesBothWays() throws Exception {
    Path path = Files.write(folder.resolve("ring"), new byte[5000]);
    try (SharedFile one = new SharedFile(path);
        SharedFile other = new SharedFile(path)) {
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
    SharedFile file = new SharedFile(Files.write(folder.resolve("ring"), new byte[8]));
    file.close();
    file.close();
    assertThrows(IllegalStateException.class, file::segment);
    assertThrows(IOException.class, () -> new SharedFile(folder.resolve("none")));
  }
}

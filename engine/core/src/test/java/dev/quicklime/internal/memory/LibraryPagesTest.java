package dev.quicklime.internal.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets go of a library that the JDK has anyway. */
class LibraryPagesTest {

  @TempDir Path folder;

  private Path library = Path.of("");

  @BeforeEach
  void copyALibrary() throws IOException {
    Path own = Path.of(System.getProperty("java.home"), "lib", "libverify.so");
    assumeTrue(Files.isReadable(Path.of("/proc/self/smaps")) && Files.exists(own), "Linux");
    library =
        Files.copy(own, Files.createDirectories(folder.resolve("ü b")).resolve("libverify.so"));
  }

  private static byte[] bytes(LibraryPages.Mapping mapping) {
    return MemorySegment.ofAddress(mapping.from())
        .reinterpret(mapping.bytes())
        .toArray(ValueLayout.JAVA_BYTE);
  }

  private List<LibraryPages.Mapping> mappings() {
    return LibraryPages.readOnly(folder);
  }

  @Test
  void shouldLeaveTheLibraryAsItIs() {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup symbols = SymbolLookup.libraryLookup(library, arena);
      List<byte[]> before = mappings().stream().map(LibraryPagesTest::bytes).toList();
      // Headers, constants, and what was relocated.
      assertTrue(before.size() >= 2, before.size() + " mappings");
      assertTrue(mappings().stream().anyMatch(mapping -> mapping.own() > 0));
      long resident = mappings().stream().mapToLong(LibraryPages.Mapping::resident).sum();
      long relocated =
          mappings().stream()
              .filter(mapping -> mapping.own() > 0)
              .mapToLong(LibraryPages.Mapping::resident)
              .sum();
      assertEquals(resident - relocated, LibraryPages.letGo(folder));
      for (LibraryPages.Mapping mapping : mappings()) {
        assertTrue(mapping.own() > 0 || mapping.resident() == 0, mapping.toString());
      }
      List<LibraryPages.Mapping> after = mappings();
      assertEquals(before.size(), after.size());
      for (int i = 0; i < before.size(); i++) {
        assertArrayEquals(before.get(i), bytes(after.get(i)));
      }
      assertTrue(symbols.find("VerifyClassForMajorVersion").isPresent());
    }
  }

  @Test
  void shouldLetGoOfNothingElse() throws IOException {
    Path other = Files.createDirectory(folder.resolve("ü"));
    try (Arena arena = Arena.ofConfined()) {
      assertTrue(SymbolLookup.libraryLookup(library, arena).find("none").isEmpty());
      // Its name begins alike.
      assertEquals(0, LibraryPages.letGo(other));
      assertEquals(0, LibraryPages.letGo(folder.resolve("no such folder")));
      assertTrue(mappings().stream().anyMatch(mapping -> mapping.resident() > 0));
    }
  }
}

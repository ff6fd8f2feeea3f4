package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentSeedTest {

  @TempDir Path folder;

  /** FIPS 180-4's own example: SHA-256 of "abc" begins with ba7816bf 8f01cfea. */
  @Test
  void shouldBeTheBeginningOfTheDigest() throws IOException {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xBA7816BF8F01CFEAL, ContentSeed.of(abc));
    assertEquals(0xBA7816BF8F01CFEAL, ContentSeed.of(Files.write(folder.resolve("abc"), abc)));
  }

  @Test
  void shouldReadFilesLongerThanItsBuffer() throws IOException {
    byte[] bytes = new byte[200_001];
    bytes[200_000] = 1;
    assertEquals(ContentSeed.of(bytes), ContentSeed.of(Files.write(folder.resolve("f"), bytes)));
  }

  @Test
  void shouldRefuseWhatCannotBeReadAndDigestsThatAreTooShort() {
    Path missing = folder.resolve("missing");
    assertThrows(InvalidInputException.class, () -> ContentSeed.of(missing));
    assertThrows(InvalidInputException.class, () -> ContentSeed.ofDigest(new byte[7]));
  }
}

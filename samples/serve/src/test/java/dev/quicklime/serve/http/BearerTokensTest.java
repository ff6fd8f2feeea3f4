package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokensTest {

  @TempDir Path folder;

  @Test
  void shouldReadOneOnEachLine() throws IOException {
    Path file = Files.writeString(folder.resolve("t"), "first-token \n\n second-token\n");
    BearerTokens tokens = BearerTokens.read(file);
    assertEquals(0, tokens.check("Bearer first-token"));
    assertEquals(1, tokens.check("Bearer second-token"));
    assertThrows(ServiceException.class, () -> tokens.check("Bearer third-token"));
    assertThrows(ServiceException.class, () -> tokens.check(null));
    assertFalse(tokens.toString().contains("token-"), "tokens are not printed");
    assertFalse(tokens.toString().contains("first"), "tokens are not printed");
  }

  @Test
  void shouldRefuseTokensThatAreEasyToGuessOrCannotBeSent() throws IOException {
    for (String text : List.of("", "short", "with a space", "smörgåsbord")) {
      Path file = Files.writeString(folder.resolve("t"), text);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> BearerTokens.read(file));
      assertTrue(String.valueOf(e.getMessage()).startsWith("tokens " + file), e.getMessage());
      assertFalse(text.length() > 0 && String.valueOf(e.getMessage()).contains(text));
    }
    assertThrows(InvalidInputException.class, () -> BearerTokens.read(folder.resolve("none")));
  }

  @Test
  void shouldTellClientsApartByTokenWhereThereAreSeveral() {
    BearerTokens two = BearerTokens.of(List.of("first-token", "second-token"));
    assertEquals("token 1", two.client(1, "10.0.0.1"));
    assertEquals("10.0.0.1", BearerTokens.of(List.of("first-token")).client(0, "10.0.0.1"));
    assertEquals("10.0.0.1", BearerTokens.none().client(-1, "10.0.0.1"));
    assertFalse(BearerTokens.none().required());
    assertTrue(two.required());
  }
}

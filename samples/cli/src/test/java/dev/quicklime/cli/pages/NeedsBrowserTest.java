package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NeedsBrowserTest {

  @Test
  void shouldSkipWithoutABrowserUnlessOneIsDemanded() {
    assertTrue(NeedsBrowser.Condition.evaluate("", false).isDisabled());
    assertFalse(NeedsBrowser.Condition.evaluate("browser", true).isDisabled());
    assertThrows(
        IllegalStateException.class, () -> NeedsBrowser.Condition.evaluate("browser", false));
  }
}

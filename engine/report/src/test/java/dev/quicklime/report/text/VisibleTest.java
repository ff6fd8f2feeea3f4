package dev.quicklime.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class VisibleTest {

  @Test
  void shouldShowWhatWouldGiveATerminalOrders() {
    assertEquals("\\u001b[31mred\\u0007", Visible.line("\u001b[31mred\u0007"));
    assertEquals("a\\u009b2Jb\\u0000\\u007f", Visible.text("a\u009b2Jb\0\u007f"));
  }

  @Test
  void shouldShowMarksOfDirection() {
    assertEquals("cat\\u202egnp.exe", Visible.line("cat\u202egnp.exe"));
    assertEquals(
        "\\u2066a\\u2069\\u200f\\u061c\\ufeff", Visible.text("\u2066a\u2069\u200f\u061c\ufeff"));
  }

  @Test
  void shouldShowBreaksOfLinesInALineOnly() {
    assertEquals("a\\nb\\r\\tc\\u2028d", Visible.line("a\nb\r\tc\u2028d"));
    assertEquals("a\n\tb\r\nc\\rd\\u2029", Visible.text("a\n\tb\r\nc\rd\u2029"));
  }

  @Test
  void shouldLeaveAllOtherTextAsItIs() {
    String plain = "Äpfel, 猫, العربية, \u0645\u06cc\u200c\u062e, 👩\u200d🔬 \u00a0\\";
    assertSame(plain, Visible.line(plain));
    assertSame(plain, Visible.text(plain));
  }
}

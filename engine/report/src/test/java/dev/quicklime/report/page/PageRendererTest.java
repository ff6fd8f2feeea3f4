package dev.quicklime.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PageRendererTest {

  /** What a section opens, and must not write out. */
  record Inner(String text) {
    @Override
    public String toString() {
      throw new AssertionError("a record is written out");
    }
  }

  /** A page. */
  record Outer(Inner inner, String empty) {
    @Override
    public String toString() {
      throw new AssertionError("a page is written out");
    }
  }

  @Test
  void shouldOpenRecordsWithoutWritingThemOut() {
    Outer page = new Outer(new Inner("a < b"), "");
    assertEquals("[a &lt; b]", PageRenderer.render("record-in-a-section.mustache", "", page));
  }
}

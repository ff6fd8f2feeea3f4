package dev.quicklime.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Prints;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PageFiguresTest {

  private final Prints prints = Prints.of(new Pixels(30, 20, new int[600]));

  private static Figure named(Plate plate, String name) {
    return plate.figure(name, "A title", "A caption.", "What it shows");
  }

  @Test
  void shouldNumberFiguresInTheirOrderWhoeverIsDrawnFirst() {
    PageFigures figures = new PageFigures();
    AtomicInteger drawn = new AtomicInteger();
    Shown first =
        figures.show(named(Plate.of(prints.colour()).draw(_ -> drawn.incrementAndGet()), "first"));
    int second = figures.number(named(Plate.of(prints.colour()), "second"));
    Shown third = figures.show(named(Plate.blank(9, 9), "third"));
    assertEquals(List.of(1, 2, 3), List.of(first.number(), second, third.number()));
    assertEquals(
        List.of("first", "second", "third"), figures.all().stream().map(Figure::name).toList());
    // As a part of the page and as a file, and no more.
    assertEquals(2, drawn.get());
    assertSame(first.markup(), first.markup());
    assertSame(first.figure().png(), first.figure().png());
  }

  @Test
  void shouldHoldThePicturesThatAreReferredTo() {
    PageFigures figures = new PageFigures();
    figures.share(prints, "one");
    Shown shown = figures.show(named(Plate.of(prints.pale()), "pale"));
    figures.hold("one-gray");
    assertEquals(
        List.of("one-pale", "one-gray"),
        figures.shared().stream().map(Definitions.Shared::id).toList());
    String markup = shown.markup();
    assertTrue(markup.contains("\"#one-pale\""), markup);
  }

  @Test
  void shouldShowOneFigureInSeveralParts() {
    PageFigures figures = new PageFigures();
    Figure file = named(Plate.blank(20, 9), "both");
    Shown shown =
        figures.show(
            file, List.of(named(Plate.blank(9, 8), "left"), named(Plate.blank(9, 7), "right")));
    Shown next = figures.show(named(Plate.blank(9, 9), "next"));
    assertEquals(List.of(1, 2), List.of(shown.number(), next.number()));
    assertEquals("both", figures.all().getFirst().name());
    String markup = shown.markup();
    int left = markup.indexOf("0 0 9 8");
    assertTrue(left > 0 && markup.indexOf("0 0 9 7") > left, markup);
    assertEquals(2, markup.split("<svg ", -1).length - 1);
  }

  @Test
  void shouldFailAsTheDrawingDoes() {
    PageFigures figures = new PageFigures();
    figures.show(named(Plate.blank(9, 9), "good"));
    figures.show(
        named(
            Plate.blank(9, 9)
                .draw(
                    _ -> {
                      throw new QuicklimeException("figures need fonts");
                    }),
            "bad"));
    figures.show(named(Plate.blank(9, 9), "good too"));
    QuicklimeException thrown = assertThrows(QuicklimeException.class, figures::all);
    assertTrue(String.valueOf(thrown.getMessage()).contains("figures need fonts"), "" + thrown);
  }
}

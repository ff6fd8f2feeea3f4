package dev.quicklime.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.report.study.Captions.Caption;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionsTest {

  private static final List<String> LEADS = List.of("(a) Parts: ", "(b) Map: ");

  private final Captions captions = new Captions();

  private Caption of(int number, String label, String... parts) {
    return captions.of(number, LEADS.subList(0, parts.length), List.of(parts), label);
  }

  @Test
  void shouldSayOnceWhatDiffersInNumbersAndTheClassAlone() {
    Caption first =
        of(
            4,
            "star",
            "The 13 superpixels of “star” of 1,000.0. Numbers mark them.",
            "Blue is bad.");
    assertEquals(
        "(a) Parts: The 13 superpixels of “star” of 1,000.0. Numbers mark them. (b) Map: Blue is"
            + " bad.",
        first.text());
    assertEquals(List.of(), first.as());
    Caption second =
        of(5, "ring", "The 7 superpixels of “ring” of 99. Numbers mark them.", "Blue is bad.");
    assertEquals("", second.text());
    assertEquals(List.of(4), second.as());
  }

  @Test
  void shouldSayWhatIsNew() {
    of(1, "", "The picture is small. It has 5 colours.", "Blue is bad.");
    Caption second = of(2, "", "The picture is large. It has 6 colours.", "Blue is bad.");
    assertEquals("(a) Parts: The picture is large.", second.text());
    assertEquals(List.of(1), second.as());
    Caption third = of(3, "", "The picture is large.", "Red is bad.");
    assertEquals("(b) Map: Red is bad.", third.text());
    assertEquals(List.of(2), third.as());
  }

  @Test
  void shouldSayOfWhichClassItIsWhereTheWholeIsOfNone() {
    of(1, "", "The score is that of “star”.");
    assertEquals(
        "(a) Parts: The score is that of “ring”.",
        of(2, "", "The score is that of “ring”.").text());
  }

  @Test
  void shouldRepeatWithinOneFigureWhatItsPanelsShare() {
    assertEquals(
        "(a) Parts: Boxes are quartiles. (b) Map: Boxes are quartiles.",
        of(1, "", "Boxes are quartiles.", "Boxes are quartiles.").text());
  }
}

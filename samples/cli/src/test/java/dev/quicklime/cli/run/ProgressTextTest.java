package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {

  private static final long SECOND = 1_000_000_000L;
  private static final ProgressTask TASK =
      new ProgressTask("star-on-bricks.png", "explain", 2, 3, "images");

  private long now;
  private final Pace pace = new Pace(() -> now);

  /** A batch of so many that took so long. */
  private void batch(long done, long total, double seconds) {
    now += Math.round(seconds * SECOND);
    pace.heard(done, total);
  }

  @Test
  void shouldSayPhasePictureBarPaceAndTimeLeft() {
    assertEquals(
        "2/3  star-on-brick...  explain   [            ]   0%", ProgressText.line(TASK, pace, 80));
    batch(1, 1001, 3);
    batch(251, 1001, 10);
    assertEquals(
        "2/3  star-on-brick...  explain   [==>         ]  25%    25.0 img/s    30 s left",
        ProgressText.line(TASK, pace, 80));
    batch(1001, 1001, 30);
    assertEquals(
        "2/3  star-on-brick...  explain   [============] 100%    25.0 img/s     0 s left",
        ProgressText.line(TASK, pace, 80));
  }

  @Test
  void shouldNotCountWhatCameBeforeTheFirstBatch() {
    batch(16, 1001, 60);
    batch(32, 1001, 1);
    assertEquals(16, pace.perSecond());
  }

  @Test
  void shouldCountDownWhileABatchIsUnderWay() {
    batch(0, 100, 1);
    batch(10, 100, 10);
    assertEquals(90, pace.secondsLeft());
    now += 4 * SECOND;
    assertEquals(86, pace.secondsLeft());
    now += 400 * SECOND;
    assertEquals(0, pace.secondsLeft());
  }

  @Test
  void shouldBeNoWiderThanTheTerminalNorThanEightyColumns() {
    List<ProgressTask> tasks =
        List.of(
            TASK,
            new ProgressTask("a", "", 1, 1, "measurements"),
            new ProgressTask(
                "\u732b\u306e\u5199\u771f\u3068\u72ac\u306e\u5199\u771f.png",
                "Grad-CAM",
                12345,
                99999,
                "images"));
    for (int columns = 0; columns < 200; columns++) {
      for (ProgressTask task : tasks) {
        Pace own = new Pace(() -> now);
        for (long done = 0; done <= 1_000_000_000_000L; done = 7 * done + 1) {
          own.heard(done, 1_000_000_000_000L);
          now += SECOND / 3;
          String line = ProgressText.line(task, own, columns);
          assertTrue(
              ProgressText.columns(line) <= Math.clamp(columns - 1, 0, 79), columns + ": " + line);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"80", "200", "72", "60", "45", "30"})
  void shouldKeepEveryPartInItsPlace(int columns) {
    Pace own = new Pace(() -> now);
    own.heard(1, 100_000);
    now += SECOND;
    own.heard(2, 100_000);
    int opened = ProgressText.line(TASK, own, columns).indexOf('[');
    int closed = ProgressText.line(TASK, own, columns).indexOf(']');
    int percent = ProgressText.line(TASK, own, columns).indexOf('%');
    for (long done = 3; done <= 100_000; done += 1 + done / 5) {
      now += SECOND * (1 + done % 7);
      own.heard(done, 100_000);
      String line = ProgressText.line(TASK, own, columns);
      assertEquals(opened, line.indexOf('['), line);
      assertEquals(closed, line.indexOf(']'), line);
      assertEquals(percent, line.indexOf('%'), line);
    }
  }

  @Test
  void shouldNeverGoBackWhereATotalTurnsOutLarger() {
    batch(50, 100, 1);
    String before = ProgressText.line(TASK, pace, 80);
    batch(60, 600, 1);
    String after = ProgressText.line(TASK, pace, 80);
    assertTrue(before.contains(" 50%") && after.contains(" 50%"), before + "\n" + after);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "99.4, 99 s",
    "99.6, 2 min",
    "270, 5 min",
    "5969, 99 min",
    "5971, 1.7 h",
    "359000, 99.7 h",
    "359900, 100 h",
    "1e9, >999 h"
  })
  void shouldSayTimesInTheUnitThatSaysThemShortest(double seconds, String said) {
    assertEquals(said, ProgressText.duration(seconds));
  }
}

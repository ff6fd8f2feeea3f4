package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimeLineTest {

  @Test
  void shouldCountFromTheMicrosecondTheLauncherTold() {
    assertEquals(
        "quicklime:   523 ms: the model is loaded",
        TimeLine.line("the model is loaded", 1_700_000_000_000_400L, 1_700_000_000_523L));
  }
}

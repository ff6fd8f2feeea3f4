package dev.quicklime.cli.gradcam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameNoticesTest {

  @Test
  void shouldSayOnceWhatWasDoneAndToWhichFrames() {
    FrameNotices notices = new FrameNotices();
    notices.add(List.of("a"));
    notices.add(List.of("a", "b"));
    notices.add(List.of("c", "a"));
    notices.add(List.of("a", "c"));
    assertEquals(
        List.of("a", "b (frame 2 of 4)", "c (2 of 4 frames, the first is 3)"), notices.said());
  }

  @Test
  void shouldCountWhatManyFramesSayInWordsOfTheirOwn() {
    FrameNotices notices = new FrameNotices();
    assertEquals(List.of(), notices.said());
    for (int i = 1; i <= 30; i++) {
      notices.add(List.of("value " + i));
    }
    List<String> said = notices.said();
    assertEquals(9, said.size());
    assertEquals("value 8 (frame 8 of 30)", said.get(7));
    assertEquals("22 more notices about how frames were read", said.getLast());
  }
}

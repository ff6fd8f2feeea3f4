package dev.quicklime.cli.gradcam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What was done to a video's frames on their way to the model, each said once. */
final class FrameNotices {

  /** Notices with numbers may differ from frame to frame; a reader learns from some. */
  private static final int MOST = 8;

  /** Where one is heard. */
  private static final class Heard {
    private int first;
    private int frames;
  }

  private final SequencedMap<String, Heard> heard = new LinkedHashMap<>();
  private int frames;

  /** Hears the notices of the next frame. */
  void add(List<String> ofFrame) {
    frames++;
    for (String notice : ofFrame) {
      Heard one = heard.computeIfAbsent(notice, key -> new Heard());
      one.first = one.frames == 0 ? frames : one.first;
      one.frames++;
    }
  }

  /** The notices in order, with the frames that they are about where those are not all. */
  List<String> said() {
    List<String> said = new ArrayList<>();
    heard.forEach(
        (notice, one) -> {
          if (said.size() < MOST) {
            said.add(notice + about(one));
          }
        });
    if (heard.size() > MOST) {
      said.add("%s more notices about how frames were read".formatted(heard.size() - MOST));
    }
    return said;
  }

  private String about(Heard one) {
    if (one.frames == frames) {
      return "";
    }
    return one.frames == 1
        ? " (frame %s of %s)".formatted(one.first, frames)
        : " (%s of %s frames, the first is %s)".formatted(one.frames, frames, one.first);
  }
}

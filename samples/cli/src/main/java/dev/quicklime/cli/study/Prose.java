package dev.quicklime.cli.study;

import java.util.List;

/** Stub. */
final class Prose {

  private Prose() {}

  static List<String> ofPicture(StudiedPicture studied) {
    return List.of(studied.name() + " was explained.");
  }

  static List<String> ofStudy(List<StudiedPicture> pictures) {
    return List.of(pictures.size() + " pictures were explained.");
  }
}

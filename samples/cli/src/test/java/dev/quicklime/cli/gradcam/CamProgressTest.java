package dev.quicklime.cli.gradcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.run.ProgressLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class CamProgressTest {

  private static final List<Path> FILES =
      List.of(Path.of("a/star.png"), Path.of("a/film.mp4"), Path.of("a/ring.png"));

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.setErr(before);
  }

  private List<String> lines() {
    return List.of(written.toString(StandardCharsets.UTF_8).split("[\r\n]+")).stream()
        .map(line -> line.replace("\033[K", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @Test
  void shouldNameEachPictureAndWhatIsDoneWithIt() {
    try (CamProgress progress = new CamProgress(FILES, true)) {
      progress.picture(0, CamProgress.MAPS);
      progress.picture(0, CamProgress.REPORT);
      progress.done(0);
    }
    List<String> lines = lines();
    assertTrue(lines.getLast().matches("1/3  star\\.png +report +\\[=+> +\\] +33%.*"), "" + lines);
    lines.forEach(line -> assertTrue(line.length() <= 79, line));
  }

  @Test
  void shouldGiveAVideoALineOfItsOwnAmongPictures() {
    try (CamProgress progress = new CamProgress(FILES, true)) {
      progress.picture(0, CamProgress.MAPS);
      progress.done(0);
      try (ProgressLine line = progress.video(1, 12)) {
        line.scored(4, 12);
        line.about(progress.drawing(1));
        line.scored(12, 12);
      }
      progress.done(1);
      progress.picture(2, CamProgress.MAPS);
      progress.done(2);
    }
    List<String> lines = lines();
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("2/3  film\\.mp4 +report +\\[=+\\] +100%.*")),
        "" + lines);
    assertTrue(lines.getLast().matches("3/3  ring\\.png +Grad-CAM +\\[=+\\] +100%.*"), "" + lines);
  }

  @Test
  void shouldSayNothingWhereNobodyWatches() {
    try (CamProgress progress = new CamProgress(FILES, false)) {
      progress.picture(0, CamProgress.MAPS);
      progress.done(0);
      progress.video(1, 3).close();
    }
    assertEquals(List.of(), lines());
  }
}

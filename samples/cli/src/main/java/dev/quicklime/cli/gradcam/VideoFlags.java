package dev.quicklime.cli.gradcam;

import dev.quicklime.cam.FrameWeights;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.video.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is a video, and how a model takes it. */
final class VideoFlags {

  private static final int MAX_CLIP = 4096;

  @Option(
      names = "--video",
      description =
          "Takes a folder for one video whose frames are its pictures, by name (default: no).")
  private boolean video;

  @Option(
      names = "--clip",
      paramLabel = "T",
      description =
          "Frames that the model takes at once, [batch, channels, T, height, width]; of a model of"
              + " pictures each frame is mapped by itself (default: a model of pictures).")
  private @Nullable String clip;

  @Option(
      names = "--frame-weights",
      paramLabel = "all|each",
      description =
          "Whether the weights of a clip's maps are averaged over all of its frames, or each frame"
              + " has its own (default: ${DEFAULT-VALUE}).")
  private String weights = "all";

  @Option(
      names = "--fps",
      paramLabel = "R",
      description =
          "Frames per second of what is written (default: those of the video, or 10 for a folder).")
  private @Nullable String rate;

  /** Whether a path is to be taken for a video. */
  boolean isVideo(Path path) {
    return Files.isDirectory(path) ? video : Frames.looksLikeVideo(path);
  }

  /** Frames of a clip, or 0 for a model of pictures. */
  int clip() {
    return clip == null ? 0 : Parse.whole("--clip", clip, 1, MAX_CLIP);
  }

  /** Over which frames weights are averaged. */
  FrameWeights weights() {
    return Parse.choice(
        "--frame-weights",
        weights,
        Map.of("all", FrameWeights.ALL_FRAMES, "each", FrameWeights.EACH_FRAME),
        "all, each");
  }

  /** Frames per second that were asked for, or 0. */
  double rate() {
    return rate == null
        ? 0
        : Parse.number("--fps", rate, "a number above 0 up to 1000", v -> v > 0 && v <= 1000);
  }
}

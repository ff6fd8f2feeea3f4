package dev.quicklime.cli.gradcam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.FrameWeights;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.video.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is a video, and how a model takes it. */
@InGroup(HelpGroup.INPUT)
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
              + " has its own (default: all).")
  private @Nullable String weights;

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--fps",
      paramLabel = "R",
      description =
          "Frames per second of the videos that are written, and of a folder's frames; the times"
              + " that a video's file has stay in the report and its JSON (default: those of the"
              + " video, or 10 for a folder).")
  private @Nullable String rate;

  /** Whether a path is to be taken for a video. */
  boolean isVideo(Path path) {
    return Files.isDirectory(path) ? video : Frames.looksLikeVideo(path);
  }

  /** Frames of a clip, or 0 for a model of pictures. */
  int clip() {
    return clip == null ? 0 : Parse.whole("--clip", clip, 1, MAX_CLIP);
  }

  /**
   * Refuses what has nothing to act on.
   *
   * @param videos whether there are videos
   * @param pictures whether there are pictures, beside them or alone
   */
  void check(boolean videos, boolean pictures) {
    if (video && !videos) {
      throw new InvalidInputException(
          "--video takes a folder of pictures for one video, got no folder and no video");
    }
    if (clip != null && pictures) {
      throw new InvalidInputException(
          "--clip goes with videos alone; --video takes a folder for one");
    }
    if (rate != null && !videos) {
      throw new InvalidInputException(
          "--fps goes with videos alone; --video takes a folder for one");
    }
  }

  /**
   * Over which frames weights are averaged.
   *
   * @throws InvalidInputException if they are asked for without clips
   */
  FrameWeights weights() {
    if (weights == null) {
      return FrameWeights.ALL_FRAMES;
    }
    if (clip == null) {
      throw new InvalidInputException("--frame-weights goes with --clip, whose frames it weighs");
    }
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

package dev.quicklime.cli.gradcam;

import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cli.video.Frames;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Maps all frames of a video, some at a time: the video is read once for the scores, which say
 * which classes are mapped, and once for the maps. What is kept of a frame is its scores and its
 * maps, as small as the layer has them.
 */
final class VideoMaps {

  /** Frames of a forward pass where each is mapped by itself. */
  private static final int TOGETHER = 8;

  private final CamModel cam;
  private final Preprocessing input;
  private final int clip;
  private final List<Integer> classes = new ArrayList<>();
  private final List<List<CamMap>> passes = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private @Nullable CamLayer layer;
  private int outputs;
  private int frames;
  private double rate;
  private final List<Double> times = new ArrayList<>();
  private int width;
  private int height;

  /**
   * Prepares.
   *
   * @param clip frames of a clip, or 0 for a model of pictures
   */
  VideoMaps(CamModel cam, Preprocessing input, int clip) {
    this.cam = cam;
    this.input = input;
    this.clip = clip;
  }

  /**
   * Maps a video.
   *
   * @param progress hears of frames read, each twice if no classes are asked for
   * @throws CancellationException if the thread is interrupted
   */
  void map(Path video, CamOptions options, LongConsumer progress) throws IOException {
    classes.addAll(
        switch (options.classes()) {
          case ClassChoice.Top(int top) -> best(video, top, progress);
          case ClassChoice.Listed(List<Integer> indices) -> indices;
        });
    CamOptions asked = options.withClasses(classes);
    long before = frames;
    frames = 0;
    CamOptions chosen = asked;
    FrameNotices done = new FrameNotices();
    read(
        video,
        chunk -> {
          CamInput given = input(chunk);
          // A clip that was filled up has more frames than were read.
          given.notices().stream().limit(chunk.size()).forEach(done::add);
          take(cam.explain(given, chosen), chunk);
        },
        before,
        progress);
    notices.addAll(done.said());
  }

  /** The classes with the largest mean probability over all frames. */
  private List<Integer> best(Path video, int top, LongConsumer progress) throws IOException {
    List<double[]> sums = new ArrayList<>();
    read(
        video,
        chunk -> {
          for (double[] scores : cam.scores(input(chunk))) {
            add(scores, clip > 0 ? chunk.size() : 1, sums);
          }
        },
        0,
        progress);
    double[] sum = sums.getFirst();
    return IntStream.range(0, sum.length)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -sum[c]))
        .limit(top)
        .toList();
  }

  private static void add(double[] scores, int weight, List<double[]> sums) {
    if (sums.isEmpty()) {
      sums.add(new double[scores.length]);
    }
    double largest = Arrays.stream(scores).max().orElse(0);
    double total = Arrays.stream(scores).map(s -> Math.exp(s - largest)).sum();
    for (int c = 0; c < scores.length; c++) {
      sums.getFirst()[c] += weight * Math.exp(scores[c] - largest) / total;
    }
  }

  /** Does something with some frames. */
  @FunctionalInterface
  private interface Work {
    void on(List<Image> chunk);
  }

  private void read(Path video, Work work, long before, LongConsumer progress) throws IOException {
    try (Frames source = Frames.open(video)) {
      rate = source.rate();
      if (!source.skipped().isEmpty() && !notices.contains(source.skipped())) {
        notices.add(source.skipped());
      }
      times.clear();
      List<Image> chunk = new ArrayList<>();
      Image frame;
      do {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted after " + frames + " frames");
        }
        frame = source.next();
        if (frame != null) {
          width = frame.width();
          height = frame.height();
          chunk.add(frame);
          times.add(source.time());
          frames++;
        }
        if (chunk.size() == together() || (frame == null && !chunk.isEmpty())) {
          work.on(chunk);
          chunk.clear();
          progress.accept(before + frames);
        }
      } while (frame != null);
      String shortfall = source.shortfall();
      if (!shortfall.isEmpty() && !notices.contains(shortfall)) {
        notices.add(shortfall);
      }
    }
  }

  private int together() {
    return clip > 0 ? clip : TOGETHER;
  }

  private CamInput input(List<Image> chunk) {
    if (clip == 0) {
      return CamInput.pictures(chunk, input);
    }
    List<Image> whole = new ArrayList<>(chunk);
    while (whole.size() < clip) {
      // The model takes clips of one length: the last frame stands still.
      whole.add(chunk.getLast());
    }
    return CamInput.video(whole, input);
  }

  private void take(CamResult result, List<Image> chunk) {
    layer = result.layer();
    outputs = result.classes();
    for (List<CamMap> maps : result.pictures()) {
      passes.add(maps.stream().map(CamMap::compact).toList());
    }
    for (String notice : result.notices()) {
      if (!notices.contains(notice)) {
        notices.add(notice);
      }
    }
    if (clip > 0 && chunk.size() < clip) {
      notices.add(
          "the last clip has %s frames of its own; its last frame stands still for the others"
              .formatted(chunk.size()));
    }
  }

  /** The classes that were mapped. */
  List<Integer> classes() {
    return classes;
  }

  /** How many frames the video has. */
  int frames() {
    return frames;
  }

  /** When each frame is shown, in seconds, as the video has it; of a folder nothing. */
  List<Double> times() {
    return times.stream().anyMatch(time -> Double.isNaN(time)) ? List.of() : List.copyOf(times);
  }

  /** Frames per second of the video on average, or 0. */
  double rate() {
    return rate;
  }

  /** Columns of a frame. */
  int width() {
    return width;
  }

  /** Rows of a frame. */
  int height() {
    return height;
  }

  /** Number of the model's outputs. */
  int outputs() {
    return outputs;
  }

  /** What the maps were made of. */
  CamLayer layer() {
    if (layer == null) {
      throw new QuicklimeException("no frame was mapped");
    }
    return layer;
  }

  /** What a reader should know. */
  List<String> notices() {
    return notices;
  }

  /** How many inputs the model was given: frames, or clips. */
  int passes() {
    return passes.size();
  }

  /** The map of one input. */
  CamMap pass(int pass, int position) {
    return passes.get(pass).get(position);
  }

  /** The map that a frame has a part in. */
  CamMap map(int frame, int position) {
    return passes.get(clip > 0 ? frame / clip : frame).get(position);
  }

  /** Where in its map a frame lies, 0 to 1. */
  double share(int frame) {
    return clip > 0 ? (frame % clip + 0.5) / clip : 0;
  }

  /** A frame's own map, at the layer's size. */
  double[] values(int frame, int position) {
    CamMap map = map(frame, position);
    return map.upsampled(share(frame), map.width(), map.height());
  }

  /** The largest value of a class over all frames. */
  float largest(int position) {
    float largest = 0;
    for (List<CamMap> maps : passes) {
      largest = Math.max(largest, maps.get(position).largest());
    }
    return largest;
  }
}

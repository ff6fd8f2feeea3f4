package dev.quicklime.cli.gradcam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.video.Frames;
import dev.quicklime.cli.video.VideoFile;
import dev.quicklime.files.npy.NpzWriter;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.report.figure.CamOverlay;
import dev.quicklime.report.gradcam.VideoReport;
import dev.quicklime.report.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Maps one video and writes its report: maps first, then the pictures, frame by frame. */
final class VideoRun {

  private static final double DEFAULT_RATE = 10;
  private static final int LONGEST_SIDE = 480;

  private GradcamPlan plan;
  private final CamModel cam;
  private final int clip;
  private final double asked;
  private final SequencedMap<String, String> provenance;
  private List<String> notices = List.of();

  /**
   * Prepares a run.
   *
   * @param clip frames of a clip, or 0 for a model of pictures
   * @param asked frames per second of what is written, or 0 for those of the video
   * @param provenance what it is made with
   */
  VideoRun(
      GradcamPlan plan,
      CamModel cam,
      int clip,
      double asked,
      SequencedMap<String, String> provenance) {
    this.plan = plan;
    this.cam = cam;
    this.clip = clip;
    this.asked = asked;
    this.provenance = provenance;
  }

  /**
   * Maps a video.
   *
   * @param folder that is there, for the report
   * @param progress hears how far it is
   * @param index of the video among the files of the run
   * @return a summary for a terminal
   * @throws CancellationException if the thread is interrupted
   */
  String map(Path video, Path folder, CamProgress progress, int index) throws IOException {
    long start = System.nanoTime();
    SequencedMap<String, Double> times = new LinkedHashMap<>();
    VideoMaps maps = new VideoMaps(cam, plan.model().input(), clip);
    String name = String.valueOf(video.getFileName());
    long about = about(video);
    try (ProgressLine line = progress.video(index, 3 * about)) {
      maps.map(video, plan.options(), done -> line.scored(Math.min(done, 2 * about), 3 * about));
      plan.model().labels().check(maps.outputs());
      plan = plan.settled(maps.outputs());
      maps.notices().addAll(plan.model().labels().notices());
      times.put("maps", millis(start));
      line.about(progress.drawing(index));
      long drawing = System.nanoTime();
      double rate = asked > 0 ? asked : maps.rate() > 0 ? maps.rate() : DEFAULT_RATE;
      FrameTimes shownAt = FrameTimes.of(maps, rate);
      FrameTimes written = asked > 0 ? FrameTimes.even(maps.frames(), asked) : shownAt;
      VideoReport report =
          new VideoReport(
              name,
              String.valueOf(plan.model().file().getFileName()),
              maps.frames(),
              maps.rate() > 0 || asked > 0 ? shownAt.pace() : "not known",
              maps.rate() > 0 || asked > 0 ? shownAt.seconds() : List.of(),
              maps.layer(),
              maps.classes().stream().map(plan.model().labels()::name).toList(),
              maps.classes());
      for (int frame = 0; frame < maps.frames(); frame++) {
        report.score(
            IntStream.range(0, maps.classes().size()).mapToObj(scored(maps, frame)).toList());
      }
      draw(video, folder, maps, written, report, done -> line.scored(2 * about + done, 3 * about));
      times.put("figures", millis(drawing));
      times.put("total", millis(start));
      new VideoJson(plan, maps, shownAt, times, provenance)
          .write(video.toString(), folder.resolve(GradcamCommand.MARK));
      if (plan.export()) {
        export(maps, folder.resolve("cam.npz"));
      }
      report.write(folder, maps.notices(), times, provenance, plan.formats());
      notices = maps.notices();
    }
    return summary(video, maps, times);
  }

  /** What a reader should know of the video that was mapped. */
  List<String> notices() {
    return notices;
  }

  private static IntFunction<CamMap> scored(VideoMaps maps, int frame) {
    return position -> maps.map(frame, position);
  }

  private static long about(Path video) throws IOException {
    try (Frames frames = Frames.open(video)) {
      return Math.max(1, frames.about());
    }
  }

  private void draw(
      Path video,
      Path folder,
      VideoMaps maps,
      FrameTimes times,
      VideoReport report,
      LongConsumer progress)
      throws IOException {
    int count = maps.classes().size();
    double most = (double) LONGEST_SIDE / Math.max(maps.width(), maps.height());
    double least = (double) VideoFile.LEAST_SIDE / Math.min(maps.width(), maps.height());
    double scale = Math.min(Math.max(1, least), most);
    int width = even(maps.width() * scale);
    int height = even(maps.height() * scale);
    Preprocessing input = plan.model().input();
    List<VideoFile> videos = new ArrayList<>();
    try (Frames source = Frames.open(video)) {
      for (int c = 0; c < count; c++) {
        String prefix = "class-" + maps.classes().get(c);
        Files.createDirectories(folder.resolve(prefix + "-frames"));
        videos.add(
            new VideoFile(folder.resolve(prefix + "-gradcam.mp4"), width, height, times.grid()));
      }
      for (int frame = 0; frame < maps.frames(); frame++) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted while frames were drawn");
        }
        @Nullable Image picture = source.next();
        if (picture == null) {
          throw new InvalidInputException(
              "%s: must have the same frames whenever it is read, got %s, then %s"
                  .formatted(video, maps.frames(), frame));
        }
        CamOverlay overlay =
            CamOverlay.of(
                picture,
                input.placement(picture.width(), picture.height()),
                input.width(),
                input.height(),
                plan.opacity(),
                width,
                height);
        for (int c = 0; c < count; c++) {
          Image drawn =
              overlay.draw(
                  maps.map(frame, c), maps.share(frame), CamOverlay.limit(maps.largest(c)));
          String file = String.format(Locale.ROOT, "frame-%05d.png", frame + 1);
          ImageFiles.writePng(
              drawn, folder.resolve("class-" + maps.classes().get(c) + "-frames").resolve(file));
          videos.get(c).add(drawn, times.seconds().get(frame));
          report.frame(c, frame, drawn);
        }
        progress.accept(frame + 1L);
      }
    } finally {
      for (VideoFile file : videos) {
        file.close();
      }
    }
  }

  /** H.264 keeps colours for squares of four pixels. */
  private static int even(double side) {
    return Math.max(VideoFile.LEAST_SIDE, 2 * (int) Math.round(side / 2));
  }

  /** Maps as the layer has them, those of all clips one after the other. */
  private static void export(VideoMaps maps, Path file) throws IOException {
    int count = maps.classes().size();
    int height = maps.layer().height();
    int width = maps.layer().width();
    int frames = maps.passes() * maps.layer().frames();
    float[] values = new float[Math.multiplyExact(count * frames, height * width)];
    int at = 0;
    for (int c = 0; c < count; c++) {
      for (int pass = 0; pass < maps.passes(); pass++) {
        float[] own = maps.pass(pass, c).values();
        System.arraycopy(own, 0, values, at, own.length);
        at += own.length;
      }
    }
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.floats("maps", new int[] {count, frames, height, width}, values);
      npz.ints(
          "classes",
          new int[] {count},
          maps.classes().stream().mapToInt(Integer::intValue).toArray());
    }
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  private String summary(Path video, VideoMaps maps, SequencedMap<String, Double> times) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d frames of %d x %d pixels, layer %s, %s%n",
            video,
            maps.frames(),
            maps.width(),
            maps.height(),
            maps.layer().called(),
            GradcamCommand.size(maps.layer())));
    for (int c = 0; c < maps.classes().size(); c++) {
      int position = c;
      double mean =
          IntStream.range(0, maps.frames())
              .mapToDouble(frame -> maps.map(frame, position).probability())
              .average()
              .orElse(0);
      text.append(
          String.format(
              Locale.ROOT,
              "  %-28s mean prob. %.4f, largest %.4g%n",
              Words.numbered(
                  maps.classes().get(c), plan.model().labels().name(maps.classes().get(c))),
              mean,
              maps.largest(c)));
    }
    return text.append(GradcamRun.line(times)).toString();
  }
}

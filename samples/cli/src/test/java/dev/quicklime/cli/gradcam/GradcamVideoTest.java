package dev.quicklime.cli.gradcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestGifs;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.cli.video.Frames;
import dev.quicklime.cli.video.VideoFile;
import dev.quicklime.files.npy.NpyArray;
import dev.quicklime.files.npy.NpzReader;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.model.SceneModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos from the command line to the files. */
class GradcamVideoTest {

  @TempDir Path folder;

  private Path out(String name) {
    return folder.resolve("out").resolve(name);
  }

  private Ran run(String... more) {
    return Ran.command(
        Stream.concat(
                Stream.of("gradcam", "--out", folder.resolve("out").toString()),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  /** A scene for each frame, as a folder of pictures. */
  private Path scenes(int frames) throws IOException {
    Path scenes = Files.createDirectories(folder.resolve("scenes"));
    SceneGenerator generator = new SceneGenerator(5, SceneModel.SIDE, SceneModel.SIDE);
    for (int i = 0; i < frames; i++) {
      ImageFiles.writePng(generator.scene(i).image(), scenes.resolve("s" + i + ".png"));
    }
    return scenes;
  }

  private Path video(int frames) throws IOException {
    Path file = folder.resolve("film.mp4");
    try (VideoFile video = new VideoFile(file, 96, 64, 25)) {
      int[] rgb = new int[96 * 64];
      for (int frame = 0; frame < frames; frame++) {
        for (int i = 0; i < rgb.length; i++) {
          rgb[i] = (i * 7 + frame * 40) % 256 << 16 | (i / 96 * 4 + frame) % 256;
        }
        video.add(rgb);
      }
    }
    return file;
  }

  private static JsonNode json(Path folder) throws IOException {
    return Results.read(folder.resolve("gradcam.json"));
  }

  @Test
  void shouldMapEveryFrameAsThePictureThatItIs() throws IOException {
    Path scenes = scenes(10);
    Ran ran = run(scenes.toString(), "--video", "--classes=0,3", "--export");
    assertEquals(0, ran.code(), ran.err());
    JsonNode film = json(out("scenes"));
    assertEquals(10, film.get("frames").intValue());
    assertEquals(10, film.get("rate").doubleValue(), "what a folder does not say");
    assertEquals(0, run(scenes.toString(), "--classes=0,3", "--export").code());
    try (NpzReader npz = new NpzReader(out("scenes").resolve("cam.npz"))) {
      NpyArray maps = npz.read("maps");
      assertArrayEquals(new int[] {2, 10, 12, 12}, maps.shape());
      assertArrayEquals(new int[] {0, 3}, npz.read("classes").toInts());
      double[] values = maps.toDoubles();
      for (int frame = 0; frame < 10; frame++) {
        JsonNode one = json(out("s" + frame));
        for (int c = 0; c < 2; c++) {
          JsonNode alone = one.get("classes").get(c);
          JsonNode within = film.get("classes").get(c).get("frames").get(frame);
          double max = alone.get("map").get("max").doubleValue();
          assertEquals(max, within.get("max").doubleValue(), 1e-5 + 1e-4 * max);
          assertEquals(
              alone.get("probability").doubleValue(),
              within.get("probability").doubleValue(),
              1e-5);
          int first = (c * 10 + frame) * 144;
          double largest = Arrays.stream(values, first, first + 144).max().orElseThrow();
          assertEquals(within.get("max").doubleValue(), largest, 1e-6 + 1e-6 * max);
        }
      }
    }
  }

  @Test
  void shouldWriteAStripAllFramesAndAVideoThatPlays() throws IOException {
    Ran ran = run(video(11).toString(), "--top=2");
    assertEquals(0, ran.code(), ran.err());
    JsonNode film = json(out("film"));
    assertEquals(11, film.get("frames").intValue());
    assertEquals(25, film.get("rate").doubleValue(), 1e-9);
    String page = Files.readString(out("film").resolve("report.html"));
    assertFalse(page.contains("{{"), "the template was not filled in");
    for (JsonNode found : film.get("classes")) {
      String prefix = "class-" + found.get("index").intValue();
      assertTrue(Files.exists(out("film").resolve(prefix + "-strip.png")));
      assertTrue(page.contains("src=\"" + prefix + "-gradcam.mp4\""));
      try (Stream<Path> files = Files.list(out("film").resolve(prefix + "-frames"))) {
        assertEquals(11, files.count());
      }
      try (Frames frames = Frames.open(out("film").resolve(prefix + "-gradcam.mp4"))) {
        int count = 0;
        while (frames.next() != null) {
          count++;
        }
        assertEquals(11, count);
        assertEquals(25, frames.rate(), 1e-9);
      }
    }
    assertTrue(Files.exists(out("film").resolve("probabilities.png")));
    // A shorter one leaves nothing of the longer one behind.
    assertEquals(0, run(video(3).toString(), "--top=1").code());
    try (Stream<Path> files = Files.list(out("film"))) {
      List<String> names = files.map(Path::getFileName).map(String::valueOf).sorted().toList();
      assertEquals(6, names.size(), "" + names);
    }
  }

  @Test
  void shouldShowFramesAtTheirOwnTimesWhereverTimesAre() throws IOException {
    double[] times = {0, 0.1, 0.2, 0.9, 1.8, 1.9, 2.4};
    Path file = folder.resolve("uneven.mp4");
    try (VideoFile video = new VideoFile(file, 96, 64, 10)) {
      int[] rgb = new int[96 * 64];
      for (double time : times) {
        Arrays.fill(rgb, (int) (100 * time));
        video.add(rgb, time);
      }
    }
    Ran ran = run(file.toString(), "--classes=1");
    assertEquals(0, ran.code(), ran.err());
    JsonNode film = json(out("uneven"));
    JsonNode frames = film.get("classes").get(0).get("frames");
    try (Frames drawn = Frames.open(out("uneven").resolve("class-1-gradcam.mp4"))) {
      for (int i = 0; i < times.length; i++) {
        assertEquals(times[i], frames.get(i).get("time").doubleValue(), 1e-6);
        drawn.next();
        assertEquals(times[i], drawn.time(), 2e-3, "the video that is written, frame " + i);
      }
    }
    assertEquals(6 / 2.4, film.get("rate").doubleValue(), 1e-6);
    String page = Files.readString(out("uneven").resolve("report.html"));
    assertTrue(page.contains("2.500 on average; it varies"));
    assertTrue(page.contains("1.80 s") && page.contains("0.90 s"));
    // Written at another pace, it is still known when they were shown.
    assertEquals(0, run(file.toString(), "--classes=1", "--fps=5").code());
    JsonNode again = json(out("uneven")).get("classes").get(0).get("frames");
    assertEquals(1.8, again.get(4).get("time").doubleValue(), 1e-6);
    try (Frames drawn = Frames.open(out("uneven").resolve("class-1-gradcam.mp4"))) {
      drawn.next();
      drawn.next();
      assertEquals(0.2, drawn.time(), 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10 20, 10",
    "10 0 10 30, 10",
    "-1 -1 -1, 10",
    "10 50 2 10, 4.838709677419355",
    "6500 10, 0.015384615384615385",
  })
  void shouldGiveTheRateThatItsTimesHave(String delays, double rate) throws IOException {
    int[] hundredths = Arrays.stream(delays.split(" ")).mapToInt(Integer::parseInt).toArray();
    Path gif = Files.write(folder.resolve("moving.gif"), TestGifs.gif("GIF89a", hundredths));
    Ran ran = run(gif.toString(), "--classes=1");
    assertEquals(0, ran.code(), ran.err());
    JsonNode film = json(out("moving"));
    JsonNode frames = film.get("classes").get(0).get("frames");
    assertEquals(hundredths.length, frames.size());
    double last = frames.get(frames.size() - 1).get("time").doubleValue();
    assertEquals((frames.size() - 1) / last, film.get("rate").doubleValue(), 1e-4 * rate);
    assertEquals(rate, film.get("rate").doubleValue(), 1e-9);
    // What is written has the same times, and is mapped with the same rate.
    Path written = out("moving").resolve("class-1-gradcam.mp4");
    Path again = Files.copy(written, folder.resolve("again.mp4"));
    assertEquals(0, run(again.toString(), "--classes=1").code());
    JsonNode copy = json(out("again"));
    assertEquals(rate, copy.get("rate").doubleValue(), 1e-3 * rate);
    for (int i = 0; i < frames.size(); i++) {
      double time = frames.get(i).get("time").doubleValue();
      double found = copy.get("classes").get(0).get("frames").get(i).get("time").doubleValue();
      assertEquals(time, found, 2e-3, "frame " + i);
    }
  }

  @Test
  void shouldSayHowFramesWereRead() throws IOException {
    Path scenes = scenes(3);
    Path second = scenes.resolve("s1.png");
    BufferedImage solid = ImageIO.read(second.toFile());
    BufferedImage clear =
        new BufferedImage(solid.getWidth(), solid.getHeight(), BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(3, 3, 0x40ff0000);
    assertTrue(ImageIO.write(clear, "png", second.toFile()));
    Ran ran = run(scenes.toString(), "--video", "--classes=0");
    assertEquals(0, ran.code(), ran.err());
    String said = "alpha channel dropped (frame 2 of 3)";
    assertEquals(said, json(out("scenes")).get("notices").get(0).textValue());
    assertTrue(Files.readString(out("scenes").resolve("report.html")).contains(said));
  }

  @Test
  void shouldSayHowFarACutVideoGot() throws IOException {
    byte[] whole = Files.readAllBytes(video(50));
    Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length / 2));
    Ran ran = run(cut.toString(), "--classes=1");
    assertEquals(0, ran.code(), ran.err());
    JsonNode film = json(out("cut"));
    String said =
        "the file ends early: %d of 50 frames could be read"
            .formatted(film.get("frames").intValue());
    assertEquals(1, film.get("notices").size());
    assertTrue(film.get("notices").get(0).textValue().startsWith(said), film::toString);
    assertTrue(Files.readString(out("cut").resolve("report.html")).contains(said));
  }

  @ParameterizedTest
  @CsvSource({"all, 20", "each, 20", "all, 16"})
  void shouldMapClipsByAModelOfVideos(String weights, int frames) throws IOException {
    Path model = folder.resolve("r3d.pt");
    assertEquals(
        0, Ran.command("network", "--kind=r3d18", "--classes=5", "--out", model.toString()).code());
    Ran ran =
        run(
            video(frames).toString(),
            "--model=" + model,
            "--clip=8",
            "--frame-weights=" + weights,
            "--top=2",
            "--export");
    assertEquals(0, ran.code(), ran.err());
    JsonNode film = json(out("film"));
    assertEquals(frames, film.get("classes").get(0).get("frames").size());
    assertEquals(frames % 8 == 0 ? 0 : 1, film.get("notices").size(), "the last clip is told of");
    try (NpzReader npz = new NpzReader(out("film").resolve("cam.npz"))) {
      int clips = (frames + 7) / 8;
      int own = film.get("layer").get("frames").intValue();
      assertEquals(clips * own, npz.read("maps").shape()[1]);
    }
    // Frames of one clip have its score.
    JsonNode scores = film.get("classes").get(0).get("frames");
    double first = score(scores, 0);
    assertEquals(first, score(scores, 7));
    assertNotEquals(first, score(scores, 8));
  }

  private static double score(JsonNode frames, int frame) {
    JsonNode score = frames.get(frame).get("score");
    assertTrue(score.isNumber(), frames::toString);
    return score.doubleValue();
  }

  @Test
  void shouldSayWhatAModelOfClipsNeeds() throws IOException {
    Path model = folder.resolve("r3d.pt");
    assertEquals(
        0, Ran.command("network", "--kind=r3d18", "--classes=5", "--out", model.toString()).code());
    Ran ran = run(video(4).toString(), "--model=" + model);
    assertEquals(2, ran.code());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains("--clip"), ran.err());
  }

  @Test
  void shouldRefuseWhatIsNoVideoInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("t.mp4"), "no video");
    Ran ran = run(text.toString());
    assertEquals(2, ran.code());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains("must be a video that FFmpeg can read"), ran.err());
    assertFalse(Files.exists(folder.resolve("out")), "nothing is to be left behind");
    ran = run(TestPictures.write(folder.resolve("a.png"), 30, 30).toString(), "--clip=4");
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("--clip goes with videos alone"), ran.err());
  }
}

package dev.quicklime;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.report.explanation.ReportInput;
import dev.quicklime.report.explanation.ReportWriter;
import dev.quicklime.report.figure.Show;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The report of an explanation of a bundled picture, figures and page; beside it, what the JDK
 * takes to encode the same figures, one after the other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReportBenchmark {

  private static final int SAMPLES = 200;

  private final List<BufferedImage> figures = new ArrayList<>();
  private Path folder = Path.of("");
  private @Nullable ReportInput input;

  /** Explains the picture and draws its report once. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement, Libtorch libtorch) throws IOException {
    Path picture = Bundled.pictures().getFirst();
    try (Explainer explainer = Explainer.open(Bundled.model())) {
      Explanation explanation =
          explainer.explain(
              ImageFiles.read(picture, ReadLimits.defaults()),
              ExplainOptions.defaults().withSamples(SAMPLES),
              Progress.none());
      input = new ReportInput("picture", picture, explanation, null, null, Show.BOTH);
    }
    folder = Files.createTempDirectory("quicklime-report");
    write();
    figures.clear();
    for (Path file : files()) {
      if (file.toString().endsWith(".png")) {
        figures.add(ImageIO.read(file.toFile()));
      }
    }
  }

  /** The whole report, into the folder of the one before. */
  @Benchmark
  public void write() throws IOException {
    ReportWriter.write(requireNonNull(input), folder);
  }

  /** The yardstick. */
  @Benchmark
  public long encode() throws IOException {
    long bytes = 0;
    for (BufferedImage figure : figures) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(figure, "png", out);
      bytes += out.size();
    }
    return bytes;
  }

  /** Bytes of the report's files. */
  long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Deletes the report. */
  @TearDown(Level.Trial)
  public void delete() {
    try {
      for (Path file : files()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

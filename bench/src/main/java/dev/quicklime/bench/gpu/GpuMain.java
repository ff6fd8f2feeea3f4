package dev.quicklime.bench.gpu;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Compose;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.torch.Replicas;
import dev.quicklime.torch.TorchScript;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures a model on a GPU: the bare forward pass for each batch, whole explanations with samples
 * composed on the host and on the device as a part of it, and the way to the device. Runs on the
 * CPU also, to see that it runs.
 */
@Command(name = "gpu", description = "Measures explanations beside the bare forward pass.")
final class GpuMain implements Callable<Integer> {

  @Parameters(paramLabel = "MODEL.pt", description = "TorchScript, for pictures of --size.")
  private Path model = Path.of("model.pt");

  @Option(
      names = "--pt2",
      description = "The same as an AOTInductor package; its batch must be the only one.")
  private @Nullable Path compiled;

  @Option(names = "--device", description = "As of explain (default: ${DEFAULT-VALUE}).")
  private String device = "cuda";

  @Option(names = "--batches", split = ",", description = "Default: ${DEFAULT-VALUE}.")
  private List<Integer> batches = List.of(16, 32, 64, 128, 256, 512);

  @Option(names = "--samples", description = "Default: ${DEFAULT-VALUE}.")
  private int samples = 8000;

  @Option(names = "--size", description = "Default: ${DEFAULT-VALUE}.")
  private int size = 224;

  @Option(names = "--seconds", description = "Of each measurement (default: ${DEFAULT-VALUE}).")
  private double seconds = 3;

  @Spec private CommandSpec spec;

  /** Measures, and ends the JVM with picocli's exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GpuMain()).execute(args));
  }

  @Override
  public Integer call() {
    Device on = Device.parse(device);
    BareForward bare = new BareForward(on.kind() == Device.Kind.CUDA ? on.index() : -1);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%s, bf16, %d², %d samples%n", device, size, samples);
    out.printf(Locale.ROOT, "host to device  %.1f GB/s%n", bare.bandwidth(seconds));
    out.printf(
        Locale.ROOT,
        "%6s %12s %12s %6s %12s %6s%n",
        "batch",
        "forward/s",
        "host/s",
        "",
        "device/s",
        "");
    for (int batch : batches) {
      double forward = bare.speed(model, batch, size, seconds);
      double host = explained(on, batch, Compose.HOST);
      double composed = explained(on, batch, Compose.DEVICE);
      out.printf(
          Locale.ROOT,
          "%6d %12.0f %12.0f %6.2f %12.0f %6.2f%n",
          batch,
          forward,
          host,
          host / forward,
          composed,
          composed / forward);
      out.flush();
    }
    if (compiled != null) {
      int batch = batches.getFirst();
      out.printf(
          Locale.ROOT, "%6d %12.0f  .pt2%n", batch, bare.speed(compiled, batch, size, seconds));
    }
    out.flush();
    return 0;
  }

  /** Samples a second of whole explanations of one picture, everything included. */
  private double explained(Device on, int batch, Compose compose) {
    ModelOptions options =
        ModelOptions.of(Preprocessing.imageNet().withSize(size, size))
            .withDevice(on)
            .withPrecision(Precision.BF16)
            .withBatch(batch)
            .withCompose(compose);
    Classifier classifier = Replicas.open(options, one -> TorchScript.open(model, one));
    try (Explainer explainer = Explainer.of(classifier, Labels.none())) {
      ExplainOptions explain = ExplainOptions.defaults().withSamples(samples);
      Image picture = picture();
      explainer.explain(picture, explain, Progress.none());
      int runs = 0;
      long start = System.nanoTime();
      do {
        explainer.explain(picture, explain, Progress.none());
        runs++;
      } while (System.nanoTime() - start < seconds * 1e9);
      return runs * (samples + 1) * 1e9 / (System.nanoTime() - start);
    }
  }

  private Image picture() {
    byte[] pixels = new byte[size * size * 3];
    new Random(1).nextBytes(pixels);
    return Image.of8(size, size, 3, pixels);
  }
}

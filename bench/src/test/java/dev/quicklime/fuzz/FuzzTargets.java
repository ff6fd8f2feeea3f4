package dev.quicklime.fuzz;

import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.guard.BudgetReader;
import dev.quicklime.bench.results.JmhJson;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.files.LabelMaps;
import dev.quicklime.files.StoredRun;
import dev.quicklime.files.batches.BatchChoice;
import dev.quicklime.files.card.LabelFile;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.files.csv.CsvFile;
import dev.quicklime.files.csv.CsvOptions;
import dev.quicklime.files.npy.NpyArray;
import dev.quicklime.image.PictureReaders;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ModelFileKind;
import dev.quicklime.model.Target;
import dev.quicklime.onnx.internal.file.ExternalFiles;
import dev.quicklime.onnx.internal.file.OnnxFile;
import dev.quicklime.onnx.internal.file.OnnxGraph;
import dev.quicklime.profile.FitQuality;
import dev.quicklime.profile.FitSetting;
import dev.quicklime.profile.ProfileRow;
import dev.quicklime.report.profile.ProfileLine;
import dev.quicklime.report.profile.ResultFile;
import dev.quicklime.torch.PackageReaders;
import dev.quicklime.torch.weights.ElementType;
import dev.quicklime.torch.weights.StoredTensor;
import dev.quicklime.torch.weights.WeightsFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every reader of files that is written in Java. None of them gives anything to native code. */
final class FuzzTargets {

  /** What is made of a tensor for once. */
  private static final long MOST_ELEMENTS = 1 << 20;

  private FuzzTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        new FuzzTarget(
            "npy",
            "array.npy",
            Container.PLAIN,
            List.of(
                Seeds.npy("<f8", false, "2, 3", Seeds.doubles(1, 2, 3, 4, 5, 6)),
                Seeds.npy("|u1", true, "3, 2, 1", new byte[6]),
                Seeds.npy(">i4", false, "", Seeds.ints(7)),
                Seeds.npy("<f2", false, "4,", new byte[8])),
            FuzzTargets::npy),
        new FuzzTarget(
            "npz of a run",
            "run.npz",
            Container.ZIP,
            List.of(Seeds.run(true), Seeds.run(false)),
            StoredRun::read),
        new FuzzTarget(
            "label map",
            "labels.npy",
            Container.PLAIN,
            List.of(Seeds.npy("<i4", false, "2, 3", Seeds.ints(0, 1, 2, 0, 1, 2))),
            LabelMaps::read),
        new FuzzTarget(
            "table",
            "table.csv",
            Container.PLAIN,
            List.of(
                Seeds.text("a,b,c\n1,2.5,red\n-3,4e2,blue\n5,6,\"red, dark\"\n"),
                Seeds.text("1;2;x\r\n3;4;y\r\n"),
                Seeds.text("\uFEFFid\tb\n0\t1\n")),
            FuzzTargets::table),
        new FuzzTarget(
            "model card", "net.pt.json", Container.PLAIN, List.of(card()), FuzzTargets::card),
        new FuzzTarget(
            "labels",
            "labels.json",
            Container.PLAIN,
            List.of(
                Seeds.text("cat\ndog\n\nbird\n"),
                Seeds.text("[\"cat\", [\"n02\", \"dog\"]]"),
                Seeds.text("{\"0\": \"cat\", \"1\": [\"n02\", \"dog\"]}"),
                Seeds.text("{\"id2label\": {\"0\": \"cat\"}, \"cat\": 0}")),
            LabelFile::read),
        new FuzzTarget(
            "batches",
            "batches.json",
            Container.PLAIN,
            List.of(Seeds.text("{\"key\": 16, \"other\": 32}")),
            FuzzTargets::batches),
        new FuzzTarget(
            "checkpoint",
            "weights.pth",
            Container.ZIP,
            List.of(Seeds.checkpoint()),
            FuzzTargets::weights),
        new FuzzTarget(
            "safetensors",
            "model.safetensors",
            Container.SAFETENSORS,
            List.of(Seeds.safetensors()),
            FuzzTargets::weights),
        new FuzzTarget(
            "index of weights",
            "model.safetensors.index.json",
            Container.PLAIN,
            List.of(index()),
            FuzzTargets::shards),
        new FuzzTarget(
            "package", "net.pt2", Container.ZIP, List.of(Seeds.compiled()), PackageReaders::read),
        new FuzzTarget(
            "onnx", "net.onnx", Container.PLAIN, List.of(Seeds.onnx()), FuzzTargets::onnx),
        new FuzzTarget("kind of model", "model.bin", Container.ZIP, kinds(), ModelFileKind::of),
        new FuzzTarget(
            "png",
            "p.png",
            Container.PNG,
            List.of(
                Seeds.picture("png", BufferedImage.TYPE_INT_ARGB),
                Seeds.picture("png", BufferedImage.TYPE_BYTE_INDEXED),
                Seeds.picture("png", BufferedImage.TYPE_USHORT_GRAY)),
            PictureReaders::png),
        new FuzzTarget(
            "jpeg",
            "p.jpg",
            Container.PLAIN,
            List.of(
                Seeds.picture("jpeg", BufferedImage.TYPE_3BYTE_BGR),
                Seeds.turned(Seeds.picture("jpeg", BufferedImage.TYPE_BYTE_GRAY))),
            PictureReaders::jpeg),
        new FuzzTarget(
            "webp",
            "p.webp",
            Container.PLAIN,
            List.of(Seeds.webp(), Seeds.lossy()),
            PictureReaders::webp),
        new FuzzTarget(
            "bmp",
            "p.bmp",
            Container.PLAIN,
            List.of(
                Seeds.picture("bmp", BufferedImage.TYPE_3BYTE_BGR),
                Seeds.picture("bmp", BufferedImage.TYPE_BYTE_INDEXED)),
            PictureReaders::bmp),
        new FuzzTarget(
            "tiff",
            "p.tif",
            Container.PLAIN,
            List.of(
                Seeds.picture("tiff", BufferedImage.TYPE_3BYTE_BGR),
                Seeds.tiff("LZW", BufferedImage.TYPE_4BYTE_ABGR),
                Seeds.tiff("PackBits", BufferedImage.TYPE_BYTE_INDEXED),
                Seeds.tiff("Deflate", BufferedImage.TYPE_USHORT_GRAY)),
            PictureReaders::tiff),
        new FuzzTarget(
            "gif",
            "p.gif",
            Container.PLAIN,
            List.of(Seeds.picture("gif", BufferedImage.TYPE_BYTE_INDEXED)),
            PictureReaders::gif),
        new FuzzTarget(
            "heif",
            "p.heic",
            Container.PLAIN,
            List.of(StillSeeds.heif(), StillSeeds.grid()),
            PictureReaders::heif),
        new FuzzTarget(
            "jpeg 2000",
            "p.jp2",
            Container.PLAIN,
            List.of(StillSeeds.jp2(), StillSeeds.stream()),
            PictureReaders::jp2),
        new FuzzTarget(
            "profile", "profile.csv", Container.PLAIN, List.of(profile()), FuzzTargets::profile),
        new FuzzTarget(
            "budgets",
            "budgets.toml",
            Container.PLAIN,
            List.of(
                Seeds.text(
                    """
                    [[budget]]
                    path = "fast"
                    why = "because"
                    benchmark = "B.fast"
                    yardstick = "B.slow"
                    params = { n = ["1", "2"] }
                    measured = 0.5
                    ratio = 0.8
                    tolerance = 0.05
                    kernel = true
                    machine = "any"
                    """)),
            BudgetReader::read),
        new FuzzTarget(
            "results of JMH",
            "jmh.json",
            Container.PLAIN,
            List.of(
                Seeds.text(
                    "[{\"benchmark\": \"a.B.c\", \"mode\": \"avgt\", \"params\": {\"n\": \"1\"},"
                        + " \"primaryMetric\": {\"score\": 1.5, \"scoreError\": \"NaN\","
                        + " \"scoreUnit\": \"ms/op\"}, \"secondaryMetrics\":"
                        + " {\"gc.alloc.rate.norm\": {\"score\": 0.1}}}]")),
            JmhJson::read));
  }

  private static List<byte[]> kinds() {
    return List.of(Seeds.checkpoint(), Seeds.compiled(), Seeds.run(false));
  }

  private static byte[] card() {
    return Seeds.text(
        """
        {"format": "torchscript", "width": 64, "height": 48, "resize": "crop", "resizeTo": "70x60",
         "interpolation": "bicubic", "mean": [0.5, 0.4, 0.3], "std": [1, 2, 0.5], "order": "BGR",
         "layout": "nchw", "precision": "fp32", "batch": 8, "classes": 2, "device": "cuda:1",
         "versions": {"torch": "2.13"}, "labels": ["cat", "dog"]}
        """);
  }

  private static byte[] index() {
    return Seeds.text(
        "{\"metadata\": {}, \"weight_map\": {\"weight\": \"a.safetensors\", \"bias\":"
            + " \"a.safetensors\", \"count\": \"a.safetensors\"}}");
  }

  private static byte[] profile() {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      Path file = folder.resolve("profile.csv");
      ResultFile results = ResultFile.open(file, 1, 1);
      results.add(
          List.of(
              ProfileLine.of(
                  "p.png",
                  9,
                  "bernoulli",
                  "logit",
                  "cat",
                  new ProfileRow(
                      new FitSetting(Bernoulli.defaults(), Target.LOGIT, 0, 100, 0, 0),
                      new FitQuality(.5, .9, .8, .85, null, null),
                      List.of(4, 1, 3),
                      List.of(2),
                      101,
                      .1))));
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder.resolve("profile-reference.csv"));
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void npy(Path file) {
    NpyArray array = NpyArray.read(file);
    array.toDoubles();
    int[] shape = array.shape();
    if (shape.length > 0 && shape[0] > 0) {
      array.row(0, new double[java.util.Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b)]);
    }
    if (array.isInteger()) {
      array.toInts();
    }
  }

  private static void table(Path file) {
    InvalidInputException refusal = null;
    int read = 0;
    for (CsvOptions options :
        List.of(
            CsvOptions.defaults().withCategorical(Set.of("c")),
            CsvOptions.defaults()
                .withSeparator(';')
                .withHeader(CsvOptions.Header.NO)
                .withCategorical(Set.of("x3")),
            CsvOptions.defaults().withSeparator('\t'))) {
      try {
        CsvFile.read(file, options);
        read++;
      } catch (InvalidInputException e) {
        refusal = e;
      }
    }
    if (read == 0 && refusal != null) {
      throw refusal;
    }
  }

  private static void card(Path file) {
    Path model = file.resolveSibling("net.pt");
    ModelCard read = ModelCard.beside(model, Preprocessing.imageNet());
    read.mayBecome(file);
  }

  private static void batches(Path file) {
    BatchChoice.of("key", file.getParent(), 4, _ -> new NoTrial());
  }

  /** A forward pass of nothing. */
  private static final class NoTrial implements BatchChoice.Trial {
    @Override
    public void run() {
      // Nothing is measured here.
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }

  private static void weights(Path file) {
    try (WeightsFile weights = WeightsFile.open(file)) {
      for (Map.Entry<String, Map<String, StoredTensor>> entry : weights.entries().entrySet()) {
        for (Map.Entry<String, StoredTensor> tensor : entry.getValue().entrySet()) {
          long elements = tensor.getValue().elements();
          if (elements <= MOST_ELEMENTS) {
            MemorySegment to = MemorySegment.ofArray(new float[(int) elements]);
            weights.read(entry.getKey(), tensor.getKey(), ElementType.F32, to);
          }
        }
      }
    }
  }

  private static void shards(Path file) throws IOException {
    Files.write(file.resolveSibling("a.safetensors"), Seeds.safetensors());
    weights(file);
  }

  private static void onnx(Path file) throws IOException {
    OnnxFile.recognises(file);
    OnnxFile read = OnnxFile.read(file);
    Files.write(file.resolveSibling("input.weights"), new byte[8]);
    try (OnnxGraph graph = OnnxGraph.open(file)) {
      graph.nodes();
      graph.returning(Set.of("y"));
    }
    ExternalFiles.pathOf(file, read);
  }

  private static void profile(Path file) throws IOException {
    Path copy =
        Files.copy(file, file.resolveSibling("again.csv"), StandardCopyOption.REPLACE_EXISTING);
    ResultFile.isEmpty(copy);
    ResultFile.open(copy, 1, 1);
  }
}

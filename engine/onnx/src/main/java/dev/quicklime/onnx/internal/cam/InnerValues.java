package dev.quicklime.onnx.internal.cam;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.internal.scoring.OutputChoice;
import dev.quicklime.internal.scoring.OutputChoice.Output;
import dev.quicklime.onnx.internal.OnnxElement;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.OnnxSession;
import dev.quicklime.onnx.internal.file.GraphPaths;
import dev.quicklime.onnx.internal.file.OnnxGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values inside a model through which everything goes, for pictures of one size.
 *
 * @param scores name of the output that holds the scores
 * @param usual name of the value that is called {@code activation}, where there is one
 * @param layers those that have places of the picture, in the order of computation
 * @param sizes of values whose size the model asks for
 * @param batch with which they were measured
 */
public record InnerValues(
    String scores, String usual, List<Layer> layers, Map<String, long[]> sizes, long batch) {

  /** A layer of this name is meant to be mapped, wherever it lies. */
  static final String USUAL = "activation";

  /** Copies lists and maps. */
  public InnerValues {
    layers = List.copyOf(layers);
    sizes = Map.copyOf(sizes);
  }

  /**
   * A value.
   *
   * @param name of the value
   * @param operation that computes it, as {@code Relu}
   * @param type of its elements, as {@code float32}
   * @param dimensions sizes of them all, the batch first
   * @param maps how it is laid out
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  public record Layer(
      String name, String operation, String type, long[] dimensions, MapShape maps) {

    /** Whether α can be found for it: in maps, and in single precision. */
    public boolean possible() {
      return maps.order() != MapShape.Order.TOKENS && type.equals("float32");
    }

    private boolean pooled() {
      return operation.contains("Pool") || operation.startsWith("Reduce");
    }

    long[] dimensions(long rows) {
      long[] sizes = dimensions.clone();
      sizes[0] = rows;
      return sizes;
    }
  }

  /**
   * The layer that is meant where none is named: the output that is called {@code activation}, else
   * the last one before anything is pooled; it need not be a possible one.
   *
   * @return null if there is none
   */
  public @Nullable Layer automatic() {
    Layer found = null;
    for (Layer layer : layers) {
      if (layer.name().equals(usual)) {
        return layer;
      }
      if (found == null || !layer.pooled() || found.pooled()) {
        found = layer;
      }
    }
    return found;
  }

  /**
   * A layer by its name.
   *
   * @return null if there is none
   */
  public @Nullable Layer find(String name) {
    String meant = name.equals(USUAL) ? usual : name;
    return layers.stream().filter(layer -> layer.name().equals(meant)).findFirst().orElse(null);
  }

  /**
   * Measures all values by one pass over a picture without symmetries.
   *
   * @param input of pictures: batch, channels, height, width; the batch does not matter
   * @param output name or index of the output that holds the scores, or null
   * @throws QuicklimeException if the scores cannot be told from what else the model returns
   * @throws OnnxException if the model fails
   */
  public static InnerValues measure(
      ModelParts parts, PictureTensor pictures, long[] input, @Nullable String output) {
    Map<String, List<GraphPaths.Place>> places = new HashMap<>();
    Set<String> sized = new HashSet<>();
    Set<String> asked = new LinkedHashSet<>(parts.outputs());
    String usual = USUAL;
    try (OnnxGraph graph = parts.graph()) {
      usual = original(graph);
      for (String own : parts.outputs()) {
        GraphPaths paths = new GraphPaths(graph, pictures.name(), own);
        places.put(own, paths.bottlenecks());
        sized.addAll(paths.sized());
      }
    }
    places.values().forEach(some -> some.forEach(place -> asked.add(place.name())));
    asked.addAll(sized);
    long batch = Math.max(1, pictures.batch());
    List<Output> all = new ArrayList<>();
    long[] shape = pictures.shape(batch, input[1], input[2], input[3]);
    try (OnnxSession session = parts.returning(asked);
        NativeBuffer buffer = noise(pictures, batch, input)) {
      session.run(
          pictures.name(),
          pictures.element(),
          buffer.segment(),
          shape,
          Set.of(),
          returned -> {
            all.addAll(returned);
            return List.of();
          });
    }
    List<Output> own = all.stream().filter(one -> parts.outputs().contains(one.name())).toList();
    String scores = own.get(OutputChoice.of(parts.name(), own, output, batch)).name();
    Map<String, Output> byName = new HashMap<>();
    all.forEach(one -> byName.put(one.name(), one));
    Map<String, long[]> sizes = new HashMap<>();
    sized.forEach(name -> sizes.put(name, Objects.requireNonNull(byName.get(name)).shape()));
    sizes.put(pictures.name(), shape);
    long[] measured = {batch, input[1], input[2], input[3]};
    return new InnerValues(
        scores,
        usual,
        layers(places.getOrDefault(scores, List.of()), byName, measured),
        sizes,
        batch);
  }

  /** Some tools give an output its name by a step that does nothing else. */
  private static String original(OnnxGraph graph) {
    return graph.nodes().stream()
        .filter(node -> node.operation().equals("Identity") && node.gives().contains(USUAL))
        .map(node -> node.takes().getFirst())
        .findFirst()
        .orElse(USUAL);
  }

  private static List<Layer> layers(
      List<GraphPaths.Place> places, Map<String, Output> byName, long[] input) {
    List<Layer> layers = new ArrayList<>();
    long[] grid = null;
    for (GraphPaths.Place place : places) {
      Output output = byName.get(place.name());
      if (output == null || !output.floating()) {
        continue;
      }
      MapShape maps = MapShape.of(output.shape(), input, grid);
      if (maps == null || flattened(output.shape(), maps, grid)) {
        continue;
      }
      grid = new long[] {maps.height(), maps.width()};
      layers.add(new Layer(place.name(), place.operation(), output.type(), output.shape(), maps));
    }
    return layers;
  }

  /** Maps whose rows were put one after the other are no tokens, even where there are as many. */
  private static boolean flattened(long[] shape, MapShape maps, long @Nullable [] grid) {
    return maps.order() == MapShape.Order.TOKENS
        && grid != null
        && shape[shape.length - 1] == grid[0] * grid[1];
  }

  private static NativeBuffer noise(PictureTensor pictures, long batch, long[] input) {
    int plane = Math.toIntExact(input[2] * input[3]);
    int channels = Math.toIntExact(input[1]);
    int count = Math.toIntExact(batch * channels * plane);
    NativeBuffer buffer = new NativeBuffer((long) count * pictures.element().bytes());
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double wave = Math.sin(i * 0.7 + (double) i * i * 1e-3);
      values[i] =
          pictures.element() == OnnxElement.UINT8 ? Math.round(127.5 * (1 + wave)) : (float) wave;
    }
    pictures.write(values, 0, count, channels, plane, buffer.segment());
    return buffer;
  }
}

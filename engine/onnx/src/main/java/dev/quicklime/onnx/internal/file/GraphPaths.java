package dev.quicklime.onnx.internal.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values lie between what a graph takes and one of its outputs. Sizes do not count: what is
 * computed of them alone is the same for every picture.
 */
public final class GraphPaths {

  private final List<OnnxNode> nodes;
  private final String input;
  private final String output;
  private final Set<String> after;
  private final Set<String> before;

  /**
   * Looks at a graph.
   *
   * @param input name of the pictures
   * @param output name of the scores
   */
  public GraphPaths(OnnxGraph graph, String input, String output) {
    this.nodes = graph.nodes();
    this.input = input;
    this.output = output;
    this.after = after();
    this.before = before();
  }

  private Set<String> after() {
    Set<String> reached = new HashSet<>(Set.of(input));
    for (OnnxNode node : nodes) {
      if (!node.sizesOnly() && node.takes().stream().anyMatch(reached::contains)) {
        reached.addAll(node.gives());
      }
    }
    return reached;
  }

  private Set<String> before() {
    Set<String> needed = new HashSet<>(Set.of(output));
    for (OnnxNode node : nodes.reversed()) {
      if (!node.sizesOnly() && node.gives().stream().anyMatch(needed::contains)) {
        needed.addAll(node.takes());
      }
    }
    return needed;
  }

  private boolean between(String value) {
    return after.contains(value) && before.contains(value);
  }

  /**
   * A value and the step that computes it.
   *
   * @param name of the value
   * @param operation of the step, as {@code Relu}
   */
  public record Place(String name, String operation) {}

  /**
   * The values through which all goes that the output is computed of, in order; the pictures and
   * the output are none of them. Steps come after those whose values they take: so these are the
   * ones during whose computation no other value waits for a later step.
   */
  public List<Place> bottlenecks() {
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      OnnxNode node = nodes.get(i);
      if (!node.sizesOnly() && node.gives().stream().anyMatch(this::between)) {
        for (String value : node.takes()) {
          last.put(value, i);
        }
      }
    }
    last.put(output, nodes.size());
    List<Place> places = new ArrayList<>();
    // The step at which the last of the values that were computed so far is taken.
    int latest = last.getOrDefault(input, -1);
    for (int i = 0; i < nodes.size(); i++) {
      OnnxNode node = nodes.get(i);
      List<String> own = node.gives().stream().filter(this::between).toList();
      if (own.size() == 1 && latest <= i && !own.getFirst().equals(output)) {
        places.add(new Place(own.getFirst(), node.operation()));
      }
      for (String value : own) {
        latest = Math.max(latest, last.getOrDefault(value, i));
      }
    }
    return places;
  }

  /** Values of which the graph asks the size, where these depend on what it takes; by name. */
  public Set<String> sized() {
    Set<String> sized = new HashSet<>();
    for (OnnxNode node : nodes) {
      if (node.sizesOnly() && after.contains(node.takes().getFirst())) {
        sized.add(node.takes().getFirst());
      }
    }
    sized.remove(input);
    return sized;
  }
}

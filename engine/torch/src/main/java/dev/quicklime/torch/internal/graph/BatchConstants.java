package dev.quicklime.torch.internal.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.FunctionSchema;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueOptional;
import org.bytedeco.pytorch.IntOptional;
import org.bytedeco.pytorch.JitNode;
import org.bytedeco.pytorch.Value;
import org.bytedeco.pytorch.global.torch;

/**
 * Numbers in a graph that may be the batch it was traced with: the first size that a step gives a
 * tensor, that of a tensor which is a part of the graph, or what sizes are compared with.
 */
public final class BatchConstants {

  private static final List<String> SIZES = List.of("size", "shape", "repeats");

  private static final Set<String> COMPARISONS = Set.of("aten::eq", "aten::ne");

  private BatchConstants() {}

  /** Those between 1 and a limit, the most frequent first, of two the larger. */
  public static List<Integer> of(Graph graph, int limit) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (JitNode node : GraphNodes.of(graph)) {
      for (long number : numbers(node)) {
        if (number >= 1 && number <= limit) {
          counts.merge((int) number, 1, Integer::sum);
        }
      }
    }
    List<Integer> found = new ArrayList<>(counts.keySet());
    found.sort(
        Comparator.comparingInt((Integer number) -> counts.get(number))
            .thenComparing(Comparator.naturalOrder())
            .reversed());
    return found;
  }

  private static List<Long> numbers(JitNode node) {
    String kind = node.kind().toQualString().getString();
    List<Long> numbers = new ArrayList<>();
    if (kind.equals("prim::Constant")) {
      IValue value = torch.toIValue(node.output()).get();
      if (value.isTensor() && value.toTensor().defined() && value.toTensor().dim() > 0) {
        numbers.add(value.toTensor().size(0));
      }
    } else if (COMPARISONS.contains(kind)) {
      for (long i = 0; i < node.inputs().size(); i++) {
        add(node.input(i), numbers);
      }
    } else if (kind.startsWith("aten::")) {
      FunctionSchema schema = node.maybeSchema();
      for (String name : schema == null || schema.isNull() ? List.<String>of() : SIZES) {
        IntOptional index = schema.argumentIndexWithName(name);
        if (index.has_value() && index.get() < node.inputs().size()) {
          add(node.input(index.get()), numbers);
        }
      }
    }
    return numbers;
  }

  /** A number, or the first of a list. */
  private static void add(Value value, List<Long> numbers) {
    IValueOptional constant = torch.toIValue(value);
    JitNode made = value.node();
    if (constant.has_value()) {
      IValue known = constant.get();
      if (known.isInt()) {
        numbers.add(known.toInt());
      } else if (known.isIntList() && known.toIntVector().size() > 0) {
        numbers.add(known.toIntVector().get(0));
      }
    } else if (made.kind().toQualString().getString().equals("prim::ListConstruct")
        && made.inputs().size() > 0
        && torch.toIValue(made.input(0)).has_value()) {
      add(made.input(0), numbers);
    }
  }
}

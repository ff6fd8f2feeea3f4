package dev.quicklime.torch.internal.cam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.torch.internal.cam.GraphOutline.Place;
import dev.quicklime.torch.internal.graph.ModulePaths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.BlockArrayRef;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.GraphExecutor;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitNode;
import org.bytedeco.pytorch.Symbol;
import org.bytedeco.pytorch.Value;
import org.bytedeco.pytorch.ValueArrayRef;
import org.bytedeco.pytorch.global.torch;

/**
 * The graph of a module's {@code forward}, and copies of it that tell more than the module does.
 * Belongs to the module; used within the caller's scope, one thread at a time.
 */
final class CamGraph {

  /** What is known of a graph's structure needs no tensor: a size, a type, a truth value. */
  private static final Set<torch.TypeKind> NO_TENSORS =
      Set.of(
          torch.TypeKind.IntType,
          torch.TypeKind.FloatType,
          torch.TypeKind.BoolType,
          torch.TypeKind.NumberType,
          torch.TypeKind.StringType,
          torch.TypeKind.NoneType,
          torch.TypeKind.DeviceObjType);

  private final Graph graph;
  private final GraphOutline outline;

  CamGraph(Graph graph) {
    this.graph = graph;
    followOverwrites();
    this.outline = outline(nodes(graph));
  }

  GraphOutline outline() {
    return outline;
  }

  private static List<JitNode> nodes(Graph graph) {
    List<JitNode> nodes = new ArrayList<>();
    JitNode end = graph.return_node();
    for (JitNode node = end.next(); !node.equals(end); node = node.next()) {
      nodes.add(node);
    }
    return nodes;
  }

  /**
   * Lets whoever reads a tensor after it was overwritten read the overwriting step's result, which
   * is the same tensor: values then depend on each other as their contents do.
   */
  private void followOverwrites() {
    for (JitNode node : nodes(graph)) {
      if (kind(node).matches("aten::\\w*[a-z0-9]_") && node.inputs().size() > 0) {
        node.input(0).replaceAllUsesAfterNodeWith(node, node.output(0));
      }
    }
  }

  private GraphOutline outline(List<JitNode> nodes) {
    List<GraphStep> steps = new ArrayList<>();
    for (JitNode node : nodes) {
      Set<Long> inputs = new HashSet<>();
      takes(node, inputs);
      List<GraphStep.Value> outputs = new ArrayList<>();
      ValueArrayRef values = node.outputs();
      for (long i = 0; i < values.size(); i++) {
        outputs.add(value(values.get(i)));
      }
      steps.add(new GraphStep(kind(node), ModulePaths.calls(node), inputs, outputs));
    }
    ValueArrayRef inputs = graph.inputs();
    if (inputs.size() != 2 || graph.outputs().size() != 1) {
      throw new InvalidInputException(
          "forward must take one tensor, got %s arguments".formatted(inputs.size() - 1));
    }
    return new GraphOutline(steps, inputs.get(1).unique(), graph.outputs().get(0).unique());
  }

  private static void takes(JitNode node, Set<Long> ids) {
    add(node.inputs(), ids);
    BlockArrayRef blocks = node.blocks();
    for (long b = 0; b < blocks.size(); b++) {
      add(blocks.get(b).outputs(), ids);
      JitNode end = blocks.get(b).return_node();
      for (JitNode inner = end.next(); !inner.equals(end); inner = inner.next()) {
        takes(inner, ids);
      }
    }
  }

  private static void add(ValueArrayRef values, Set<Long> ids) {
    for (long i = 0; i < values.size(); i++) {
      ids.add(values.get(i).unique());
    }
  }

  private static GraphStep.Value value(Value value) {
    torch.TypeKind kind = value.type().get().kind().intern();
    boolean list = kind == torch.TypeKind.ListType;
    boolean carries =
        list ? value.type().get().str().getString().contains("Tensor") : !NO_TENSORS.contains(kind);
    return new GraphStep.Value(
        value.unique(), value.debugName().getString(), kind == torch.TypeKind.TensorType, carries);
  }

  private static String kind(JitNode node) {
    return node.kind().toQualString().getString();
  }

  /**
   * A computation that returns the scores and then the sizes of tensors.
   *
   * @param places of the tensors
   */
  GraphExecutor measuring(List<Place> places) {
    Graph copy = graph.copy();
    List<JitNode> nodes = nodes(copy);
    for (Place place : places) {
      JitNode node = nodes.get(place.step());
      JitNode size = after(copy, node, "aten::size", node.output(place.output()));
      copy.registerOutput(size.output());
    }
    return executor(copy);
  }

  /**
   * A computation that returns the scores and the value of a place, at which it is cut: gradients
   * reach this value and nothing before it, so that only what comes after is kept for them.
   */
  GraphExecutor cut(Place place) {
    Graph copy = graph.copy();
    JitNode node = nodes(copy).get(place.step());
    Value value = node.output(place.output());
    copy.setInsertPoint(node.next());
    Value yes = copy.insertConstant(new IValue(true));
    Value none = copy.insertConstant(new IValue());
    JitNode detached = after(copy, none.node(), "aten::detach", value);
    JitNode leaf = after(copy, detached, "aten::requires_grad_", detached.output());
    leaf.addInput(yes);
    // What comes after may overwrite its input, which a leaf does not allow.
    JitNode used = after(copy, leaf, "aten::clone", leaf.output());
    used.addInput(none);
    value.replaceAllUsesAfterNodeWith(detached, used.output());
    copy.registerOutput(leaf.output());
    return executor(copy);
  }

  private static JitNode after(Graph graph, JitNode node, String kind, Value input) {
    JitNode added = graph.create(Symbol.fromQualString(kind));
    added.addInput(input);
    return added.insertAfter(node);
  }

  /** Runs as it is written: other executors put gradients into graphs of their own. */
  private static GraphExecutor executor(Graph graph) {
    return new GraphExecutor(graph, "forward", torch.ExecutorExecutionMode.SIMPLE.value);
  }
}

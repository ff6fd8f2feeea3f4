package dev.quicklime.torch.internal;

import dev.quicklime.torch.internal.graph.GraphNodes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.FunctionVector;
import org.bytedeco.pytorch.GenericDictIterator;
import org.bytedeco.pytorch.GraphFunction;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.JitNode;
import org.bytedeco.pytorch.Obj;
import org.bytedeco.pytorch.Symbol;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.parameter_iterator;

/**
 * The floating-point tensors of a module: parameters, buffers, what attributes hold, and constants
 * of its graphs. They are brought into one number format, and nothing else is: a buffer of whole
 * numbers that were rounded to bfloat16 would be other indices. Used within the caller's scope.
 */
public final class FloatTensors {

  private static final String VALUE = "value";

  private final Map<Long, Tensor> weights = new LinkedHashMap<>();
  private final Map<Long, Tensor> all = new LinkedHashMap<>();
  private final List<JitNode> nodes = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();
  private final Set<ScalarType> before = EnumSet.noneOf(ScalarType.class);

  private FloatTensors(JitModule module) {
    parameter_iterator end = module.parameters().end();
    for (parameter_iterator i = module.parameters().begin(); i.notEquals(end); i.increment()) {
      note(i.multiply(), weights);
    }
    visit(module._ivalue());
    if (weights.isEmpty()) {
      // A file of a frozen module has its weights among the constants.
      all.values().stream()
          .filter(tensor -> tensor.dim() > 0)
          .forEach(tensor -> note(tensor, weights));
    }
    weights.values().forEach(tensor -> before.add(tensor.scalar_type().intern()));
  }

  /**
   * Casts them where the weights have another format. Tensors that were shared stay so.
   *
   * @param type single precision or bfloat16
   * @return what the formats but single precision are called that weights had and have no longer,
   *     for instance "half"; or empty
   */
  public static String cast(JitModule module, ScalarType type) {
    FloatTensors tensors = new FloatTensors(module);
    Set<ScalarType> others = tensors.before;
    others.remove(type);
    if (others.isEmpty()) {
      return "";
    }
    tensors.all.values().forEach(tensor -> tensor.set_data(tensor.detach().to(type)));
    // A trace writes down the format that it saw. That of single precision is left alone: it may
    // be meant, for a softmax in the midst of bfloat16.
    others.remove(ScalarType.Float);
    tensors.nodes.forEach(node -> settle(node, others, type));
    return others.stream().map(FloatTensors::called).sorted().collect(Collectors.joining(" and "));
  }

  /** What users call a number format. */
  static String called(ScalarType type) {
    return switch (type) {
      case Half -> "half";
      case Float -> "fp32";
      case Double -> "double";
      case BFloat16 -> "bf16";
      default -> type.name();
    };
  }

  private static void note(Tensor tensor, Map<Long, Tensor> into) {
    if (tensor.defined() && tensor.is_floating_point()) {
      into.putIfAbsent(tensor.unsafeGetTensorImpl().address(), tensor);
    }
  }

  private void visit(Obj object) {
    if (!seen.add(object.address())) {
      return;
    }
    long slots = object.type().numAttributes();
    for (long i = 0; i < slots; i++) {
      visit(object.getSlot(i));
    }
    FunctionVector methods = object.type().methods();
    for (long i = 0; i < methods.size(); i++) {
      GraphFunction method = torch.tryToGraphFunction(methods.get(i));
      if (method != null && !method.isNull() && seen.add(method.address())) {
        GraphNodes.of(method.graph()).forEach(this::visit);
      }
    }
  }

  private void visit(IValue value) {
    if (value.isTensor()) {
      note(value.toTensor(), all);
    } else if (value.isObject()) {
      visit(value.toObject());
    } else if (value.isTuple()) {
      var elements = value.toTuple().elements();
      for (long i = 0; i < elements.size(); i++) {
        visit(elements.get(i));
      }
    } else if (value.isList()) {
      var elements = value.toListRef();
      for (long i = 0; i < elements.size(); i++) {
        visit(elements.get(i));
      }
    } else if (value.isGenericDict()) {
      GenericDictIterator end = value.toGenericDict().end();
      for (GenericDictIterator i = value.toGenericDict().begin(); i.notEquals(end); i.increment()) {
        visit(i.multiply().value());
      }
    }
  }

  private void visit(JitNode node) {
    nodes.add(node);
    if (node.hasAttributeS(VALUE)) {
      Symbol value = Symbol.fromQualString("attr::" + VALUE);
      switch (node.kindOfS(VALUE).intern()) {
        case t -> note(node.t(value), all);
        case ival -> visit(node.ival(value));
        default -> {
          // A number or a text.
        }
      }
    }
  }

  private static void settle(JitNode node, Set<ScalarType> written, ScalarType type) {
    if (node.hasAttributeS(VALUE) && node.kindOfS(VALUE).intern() == torch.JitAttributeKind.t) {
      // Optimising goes by the type that a constant's value is said to have.
      node.output().inferTypeFrom(node.t(Symbol.fromQualString("attr::" + VALUE)));
    }
    var schema = node.maybeSchema();
    if (written.isEmpty() || schema == null || schema.isNull()) {
      return;
    }
    var index = schema.argumentIndexWithName("dtype");
    if (!index.has_value() || index.get() >= node.inputs().size()) {
      return;
    }
    JitNode constant = node.input(index.get()).node();
    if (constant.hasAttributeS(VALUE)
        && constant.kindOfS(VALUE).intern() == torch.JitAttributeKind.i) {
      long code = constant.i(Symbol.fromQualString("attr::" + VALUE));
      if (written.stream().anyMatch(other -> other.value == code)) {
        node.owningGraph().setInsertPoint(node);
        node.replaceInput(index.get(), node.owningGraph().insertConstant(new IValue(type.value)));
      }
    }
  }
}

package dev.quicklime.torch.internal;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.scoring.OutputChoice;
import dev.quicklime.torch.internal.graph.OutputNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.GenericDictIterator;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scores in whatever a module returned: a tensor, or tuples, lists and dictionaries of
 * them. Used within the caller's scope.
 */
public final class ModelOutputs {

  private final List<OutputChoice.Output> outputs = new ArrayList<>();
  private final List<IValue> values = new ArrayList<>();

  private ModelOutputs() {}

  /**
   * The scores, [batch, classes] or [batch]; or what was returned itself, where it is one tensor of
   * another shape.
   *
   * @param model what messages call it
   * @param names what the module calls the fields of named tuples
   * @param asked name or index of the output that is wanted, or null
   * @throws QuicklimeException if there are several and it cannot be told which
   */
  public static IValue scores(
      String model, IValue result, OutputNames names, @Nullable String asked, long batch) {
    ModelOutputs all = new ModelOutputs();
    all.add("", result, names);
    if (all.outputs.isEmpty()) {
      return result;
    }
    boolean single = result.isTensor() && asked == null;
    int index = single ? 0 : OutputChoice.of(model, all.outputs, asked, batch);
    int classes = all.outputs.get(index).classes(batch);
    IValue chosen = all.values.get(index);
    return classes > 0 && chosen.toTensor().dim() > 2
        ? new IValue(chosen.toTensor().reshape(batch, classes))
        : chosen;
  }

  private void add(String name, IValue value, OutputNames names) {
    if (value.isTensor()) {
      Tensor tensor = value.toTensor();
      String type = tensor.dtype().name().getString();
      long[] shape = tensor.sizes().vec().get();
      values.add(value);
      outputs.add(new OutputChoice.Output(name, type, tensor.is_floating_point(), shape));
    } else if (value.isTuple()) {
      var elements = value.toTuple().elements();
      for (long i = 0; i < elements.size(); i++) {
        add(join(name, names.name(i)), elements.get(i), names.within(i));
      }
    } else if (value.isList()) {
      var elements = value.toListRef();
      for (long i = 0; i < elements.size(); i++) {
        add(join(name, "" + i), elements.get(i), names.ofElements());
      }
    } else if (value.isGenericDict()) {
      GenericDictIterator end = value.toGenericDict().end();
      for (GenericDictIterator i = value.toGenericDict().begin(); i.notEquals(end); i.increment()) {
        IValue key = i.multiply().key();
        String own = key.isString() ? key.toStringRef().getString() : "" + key.toInt();
        add(join(name, own), i.multiply().value(), names.ofElements());
      }
    } else {
      String type = value.tagKind().getString().toLowerCase(Locale.ROOT);
      values.add(value);
      outputs.add(new OutputChoice.Output(name, type, false, new long[0]));
    }
  }

  private static String join(String name, String own) {
    return name.isEmpty() ? own : name + "." + own;
  }
}

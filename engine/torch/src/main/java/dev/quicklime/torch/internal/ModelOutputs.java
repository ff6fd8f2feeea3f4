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
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scores in whatever a module returned: a tensor, or tuples, lists and dictionaries of
 * them. Used within the caller's scope.
 */
public final class ModelOutputs {

  private static final OutputNames NONE = new OutputNames(List.of(), List.of());

  private final List<OutputChoice.Output> outputs = new ArrayList<>();
  private final List<IValue> values = new ArrayList<>();

  private ModelOutputs() {}

  /**
   * What was found.
   *
   * @param value the scores, [batch, classes] or [batch]; or what was returned itself, where it is
   *     one tensor of another shape
   * @param output name or index of the output they are, or null where there is no other
   */
  public record Found(IValue value, @Nullable String output) {}

  /**
   * Finds the scores.
   *
   * @param model what messages call it
   * @param names what the module calls the fields of named tuples
   * @param asked name or index of the output that is wanted, or null
   * @throws QuicklimeException if there are several and it cannot be told which
   */
  public static Found scores(
      String model, IValue result, OutputNames names, @Nullable String asked, long batch) {
    ModelOutputs all = new ModelOutputs();
    all.add("", result, names);
    if (all.outputs.isEmpty()) {
      return new Found(result, null);
    }
    boolean single = result.isTensor() && asked == null;
    return single
        ? flat(all, 0, batch)
        : flat(all, OutputChoice.of(model, all.outputs, asked, batch), batch);
  }

  /**
   * The same of a model that returns its tensors one after the other.
   *
   * @param names what it calls them, or fewer where it does not say
   * @throws QuicklimeException if there are several and it cannot be told which, or none
   */
  static Found scores(
      String model, TensorVector tensors, List<String> names, @Nullable String asked, long batch) {
    ModelOutputs all = new ModelOutputs();
    for (long i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      String name = names.size() == tensors.size() ? names.get((int) i) : "";
      all.add(name, tensor.defined() ? new IValue(tensor) : new IValue(), NONE);
    }
    boolean single = tensors.size() == 1 && asked == null;
    return single
        ? flat(all, 0, batch)
        : flat(all, OutputChoice.of(model, all.outputs, asked, batch), batch);
  }

  /** Without dimensions of size 1 after the classes. */
  private static Found flat(ModelOutputs all, int index, long batch) {
    int classes = all.outputs.get(index).classes(batch);
    IValue chosen = all.values.get(index);
    String name = all.outputs.get(index).name();
    return new Found(
        classes > 0 && chosen.toTensor().dim() > 2
            ? new IValue(chosen.toTensor().reshape(batch, classes))
            : chosen,
        all.outputs.size() == 1 ? null : name.isEmpty() ? "" + index : name);
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
        add(join(name, called(key)), i.multiply().value(), names.ofElements());
      }
    } else {
      String type = value.tagKind().getString().toLowerCase(Locale.ROOT);
      values.add(value);
      outputs.add(new OutputChoice.Output(name, type, false, new long[0]));
    }
  }

  private static String called(IValue key) {
    if (key.isString()) {
      return key.toStringRef().getString();
    }
    if (key.isInt()) {
      return "" + key.toInt();
    }
    return key.isDouble() ? "" + key.toDouble() : key.tagKind().getString();
  }

  private static String join(String name, String own) {
    return name.isEmpty() ? own : name + "." + own;
  }
}

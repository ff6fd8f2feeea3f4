package dev.quicklime.torch.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.StringViewVectorOptional;
import org.bytedeco.pytorch.TupleType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * What the fields of a named tuple are called that a module returns, which the value itself does
 * not say.
 *
 * @param names of the fields; empty for whatever else is returned
 * @param within the same for each element of a tuple, or for those of a list or a dictionary's
 *     values
 */
public record OutputNames(List<String> names, List<OutputNames> within) {

  private static final OutputNames NONE = new OutputNames(List.of(), List.of());

  /** Copies the lists. */
  public OutputNames {
    names = List.copyOf(names);
    within = List.copyOf(within);
  }

  /** Names of what a module's {@code forward} returns. */
  public static OutputNames of(JitModule module) {
    Graph forward = torch.toGraphFunction(module.get_method("forward").function()).graph();
    return forward.outputs().size() == 1 ? of(module, forward.outputs().get(0).type().get()) : NONE;
  }

  private static OutputNames of(JitModule module, Type type) {
    torch.TypeKind kind = type.kind().intern();
    if (kind != torch.TypeKind.TupleType
        && kind != torch.TypeKind.ListType
        && kind != torch.TypeKind.DictType) {
      return NONE;
    }
    List<OutputNames> within = new ArrayList<>();
    for (long i = 0; i < type.containedTypeSize(); i++) {
      within.add(of(module, type.containedType(i).get()));
    }
    List<String> names = new ArrayList<>();
    String called = type.str().getString();
    // One without names is called by its elements, within brackets.
    if (kind == torch.TypeKind.TupleType && called.matches("[\\w.]+")) {
      TupleType named =
          module._ivalue().compilation_unit().get_named_tuple(new QualifiedName(called));
      StringViewVectorOptional fields =
          named == null || named.isNull() ? new StringViewVectorOptional() : named.names();
      for (long i = 0; fields.has_value() && i < fields.get().size(); i++) {
        names.add(fields.get().get(i).getString());
      }
    }
    return new OutputNames(names, within);
  }

  /** What an element of a tuple or list is called. */
  public String name(long index) {
    return index < names.size() ? names.get((int) index) : String.valueOf(index);
  }

  /** Names within an element of a tuple. */
  public OutputNames within(long index) {
    return index < within.size() ? within.get((int) index) : NONE;
  }

  /** Names within the elements of a list, or the values of a dictionary. */
  public OutputNames ofElements() {
    return within.isEmpty() ? NONE : within.getLast();
  }
}

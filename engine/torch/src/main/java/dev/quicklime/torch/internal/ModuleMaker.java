package dev.quicklime.torch.internal;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.ClassType;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.SingletonTypePtr;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;

/** Compiles modules, within the caller's scope. Classes are shared as {@code torch.jit} would. */
final class ModuleMaker {

  private static final String PACKAGE = "__torch__.quicklime.";

  private final CompilationUnit unit = new CompilationUnit();
  private final Map<Object, ClassType> types = new HashMap<>();
  private final Map<String, Tensor> tensors;

  private ModuleMaker(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  static JitModule make(ModuleSpec spec, Map<String, Tensor> tensors) {
    return new ModuleMaker(tensors).make(spec, "");
  }

  private JitModule make(ModuleSpec spec, String prefix) {
    Object structure = spec.structure();
    ClassType known = types.get(structure);
    JitModule module =
        known == null
            ? new JitModule(new QualifiedName(PACKAGE + spec.type()), unit, true)
            : new JitModule(unit, known);
    for (TensorSpec tensor : spec.tensors()) {
      Tensor value = tensors.get(prefix + tensor.name());
      switch (tensor.kind()) {
        case PARAMETER -> module.register_parameter(tensor.name(), value, false);
        case BUFFER, COUNTER -> module.register_buffer(tensor.name(), value);
      }
    }
    spec.children()
        .forEach((name, child) -> module.register_module(name, make(child, prefix + name + ".")));
    if (known == null) {
      // Freezing wants to be told that nothing is being learnt.
      module.register_attribute("training", bool(), new IValue(false), false, false);
      module.define(spec.forward());
      types.put(structure, module.type());
    } else {
      module.setattr("training", new IValue(false));
    }
    return module;
  }

  /** A BoolTypePtr itself would be taken for a pointer to a TypePtr, which is of another size. */
  private static Type.TypePtr bool() {
    return new Type.TypePtr(new SingletonTypePtr(BoolType.get().get()));
  }
}

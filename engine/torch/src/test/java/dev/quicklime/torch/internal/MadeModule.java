package dev.quicklime.torch.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.SingletonTypePtr;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * A TorchScript module as it is put together: tensors, modules within, the source of what it does.
 * It has an attribute {@code training}, true until it is put into evaluation mode, as Python's has.
 */
public final class MadeModule {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final List<Consumer<JitModule>> tensors = new ArrayList<>();
  private final Map<String, MadeModule> children = new LinkedHashMap<>();
  private final String source;

  /**
   * Without tensors and modules.
   *
   * @param lines the body of {@code forward(self, x)}; or none, as a {@code ModuleList} has
   */
  public MadeModule(String... lines) {
    source =
        lines.length == 0
            ? ""
            : "def forward(self, x):\n    " + String.join("\n    ", lines) + "\n";
  }

  /** With a parameter of these values. */
  public MadeModule with(String name, float[] values, long... shape) {
    tensors.add(
        module ->
            module.register_parameter(name, torch.tensor(values).reshape(shape).clone(), false));
    return this;
  }

  /** With a parameter of random values. */
  public MadeModule random(String name, long... shape) {
    tensors.add(
        module -> {
          torch.manual_seed(name.hashCode());
          Tensor values = torch.randn(shape);
          module.register_parameter(name, values, false);
        });
    return this;
  }

  /** With a buffer of these values. */
  public MadeModule buffer(String name, float... values) {
    tensors.add(module -> module.register_buffer(name, torch.tensor(values)));
    return this;
  }

  /** With a module within. */
  public MadeModule child(String name, MadeModule child) {
    children.put(name, child);
    return this;
  }

  /** Writes it. */
  public Path save(Path folder) {
    Path file = folder.resolve("made-" + COUNT.incrementAndGet() + ".pt");
    try (PointerScope _ = new PointerScope()) {
      make(new CompilationUnit()).save(file.toString());
    }
    return file;
  }

  private JitModule make(CompilationUnit unit) {
    QualifiedName name = new QualifiedName("__torch__.Made" + COUNT.incrementAndGet());
    JitModule module = new JitModule(name, unit, false);
    tensors.forEach(tensor -> tensor.accept(module));
    module.register_attribute(
        "training",
        new Type.TypePtr(new SingletonTypePtr(BoolType.get().get())),
        new IValue(true),
        false,
        false);
    children.forEach((called, child) -> module.register_module(called, child.make(unit)));
    if (!source.isEmpty()) {
      module.define(source);
    }
    return module;
  }
}

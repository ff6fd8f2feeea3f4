package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The few functions of Python that a checkpoint calls, by what they make. None of them is run. */
final class PickledCalls {

  private static final Map<String, Pickled> GLOBALS =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", Pickled.Global.ORDERED_DICT),
          Map.entry("torch._utils._rebuild_tensor_v2", Pickled.Global.REBUILD_TENSOR),
          Map.entry("torch._utils._rebuild_parameter", Pickled.Global.REBUILD_PARAMETER),
          Map.entry(
              "torch._utils._rebuild_parameter_with_state",
              Pickled.Global.REBUILD_PARAMETER_WITH_STATE),
          Map.entry("torch.DoubleStorage", new Pickled.StorageType(ElementType.F64)),
          Map.entry("torch.FloatStorage", new Pickled.StorageType(ElementType.F32)),
          Map.entry("torch.HalfStorage", new Pickled.StorageType(ElementType.F16)),
          Map.entry("torch.BFloat16Storage", new Pickled.StorageType(ElementType.BF16)),
          Map.entry("torch.LongStorage", new Pickled.StorageType(ElementType.I64)),
          Map.entry("torch.IntStorage", new Pickled.StorageType(ElementType.I32)),
          Map.entry("torch.ShortStorage", new Pickled.StorageType(ElementType.I16)),
          Map.entry("torch.CharStorage", new Pickled.StorageType(ElementType.I8)),
          Map.entry("torch.ByteStorage", new Pickled.StorageType(ElementType.U8)),
          Map.entry("torch.BoolStorage", new Pickled.StorageType(ElementType.BOOL)));

  /** What programs keep settings, losses and the like with, none of which could do anything. */
  private static final Set<String> NOTES =
      Set.of(
          "argparse.Namespace",
          "types.SimpleNamespace",
          "collections.Counter",
          "collections.defaultdict",
          "collections.deque",
          "_codecs.encode",
          "copyreg._reconstructor",
          "datetime.datetime",
          "datetime.date",
          "datetime.timedelta",
          "pathlib.PosixPath",
          "pathlib.PurePosixPath",
          "pathlib.WindowsPath",
          "pathlib.PureWindowsPath",
          "torch.Size",
          "torch.device",
          "numpy.dtype",
          "numpy.ndarray",
          "numpy.core.multiarray.scalar",
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar",
          "numpy._core.multiarray._reconstruct");

  private static final Pattern PLAIN =
      Pattern.compile(
          "(?:builtins|__builtin__)\\.(?:set|frozenset|complex|bytearray|slice|range|object|int"
              + "|float|bool|str|list|dict|tuple|bytes)"
              + "|torch\\.(?:float|bfloat|complex|int|uint)\\d+|torch\\.bool"
              + "|numpy\\.dtypes\\.\\w+DType");

  private PickledCalls() {}

  static Pickled global(String module, String name) {
    String full = module + "." + name;
    Pickled global = GLOBALS.get(full);
    if (global == null && (NOTES.contains(full) || PLAIN.matcher(full).matches())) {
      return new Pickled.NoteType(full);
    }
    if (global == null) {
      throw new InvalidInputException(
          ("must hold nothing but tensors, got %s; save the tensors alone:"
                  + " torch.save(model.state_dict(), FILE)")
              .formatted(Names.shown(full)));
    }
    return global;
  }

  static Pickled call(Pickled function, Pickled arguments) {
    if (function instanceof Pickled.NoteType && arguments instanceof Pickled.Tuple) {
      return new Pickled.Note();
    }
    if (function instanceof Pickled.Global global
        && arguments instanceof Pickled.Tuple(List<Pickled> values)) {
      switch (global) {
        case ORDERED_DICT -> {
          if (values.isEmpty()) {
            return new Pickled.Dict();
          }
        }
        case REBUILD_TENSOR -> {
          if (values.size() >= 4
              && values.get(0) instanceof Pickled.Storage storage
              && values.get(1) instanceof Pickled.Whole(long offset)) {
            return tensor(storage, offset, wholes(values.get(2)), wholes(values.get(3)));
          }
        }
        case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE -> {
          if (!values.isEmpty() && values.getFirst() instanceof Pickled.Tensor tensor) {
            return tensor;
          }
        }
      }
    }
    throw new InvalidInputException("the pickle must build dicts and tensors as torch.save does");
  }

  private static Pickled tensor(
      Pickled.Storage storage, long offset, List<Long> shape, List<Long> strides) {
    View view = new View(new StoredTensor(storage.type(), shape), offset, strides);
    view.checkWithin(storage.elements());
    return new Pickled.Tensor(storage, view);
  }

  private static List<Long> wholes(Pickled value) {
    List<Long> numbers = new ArrayList<>();
    if (value instanceof Pickled.Tuple(List<Pickled> items)) {
      for (Pickled item : items) {
        if (item instanceof Pickled.Whole(long number)) {
          numbers.add(number);
        }
      }
      if (numbers.size() == items.size()) {
        return numbers;
      }
    }
    throw new InvalidInputException("shapes and strides must be tuples of whole numbers");
  }

  /** What torch.save's persistent ids stand for. */
  static Pickled storage(Pickled id) {
    if (id instanceof Pickled.Tuple(List<Pickled> parts)
        && parts.size() == 5
        && parts.get(0).equals(new Pickled.Text("storage"))
        && parts.get(1) instanceof Pickled.StorageType(ElementType type)
        && parts.get(2) instanceof Pickled.Text(String key)
        && parts.get(4) instanceof Pickled.Whole(long elements)
        && elements >= 0
        && elements <= Long.MAX_VALUE / Long.BYTES) {
      return new Pickled.Storage(type, key, elements);
    }
    throw new InvalidInputException("the pickle must name storages as torch.save does");
  }
}

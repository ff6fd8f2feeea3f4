package dev.quicklime.torch.internal.graph;

import java.util.HashSet;
import java.util.Set;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueOptional;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.JitNode;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** What a module does first with its pictures. */
public final class PixelUse {

  /** Steps after which they are still what they were. */
  private static final Set<String> SAME =
      Set.of(
          "aten::to",
          "aten::type_as",
          "aten::contiguous",
          "aten::permute",
          "aten::transpose",
          "aten::movedim",
          "aten::flip",
          "aten::clone",
          "aten::detach",
          "aten::alias");

  /** Numbers of libtorch for formats of whole numbers: uint8, int8, int16, int32 and int64. */
  private static final int LARGEST_WHOLE = 4;

  /** Means and scales above this are of pixels up to 255. */
  private static final double LEAST = 16;

  private PixelUse() {}

  /**
   * Whether it takes pixels of 0 to 255: it makes whole numbers of them, divides them by as much or
   * takes a mean from them that only those have.
   */
  public static boolean takesBytes(JitModule module) {
    return takesBytes(
        torch.toGraphFunction(module.get_method("forward").function()).optimized_graph());
  }

  /** The same of a graph without calls, whose second input are the pictures. */
  public static boolean takesBytes(Graph forward) {
    if (forward.inputs().size() < 2) {
      return false;
    }
    Set<Long> pictures = new HashSet<>();
    pictures.add(forward.inputs().get(1).unique());
    for (JitNode node : GraphNodes.of(forward)) {
      if (node.inputs().size() == 0 || !pictures.contains(node.input(0).unique())) {
        continue;
      }
      String kind = node.kind().toQualString().getString();
      if (SAME.contains(kind)) {
        IValue second = node.inputs().size() > 1 ? known(node, 1) : null;
        if (kind.equals("aten::to")
            && second != null
            && second.isInt()
            && second.toInt() <= LARGEST_WHOLE) {
          return true;
        }
        pictures.add(node.output(0).unique());
      } else if (node.inputs().size() > 1 && large(kind, known(node, 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean large(String kind, @Nullable IValue by) {
    if (by == null) {
      return false;
    }
    double size;
    if (by.isDouble()) {
      size = Math.abs(by.toDouble());
    } else if (by.isInt()) {
      size = Math.abs(by.toInt());
    } else if (by.isTensor() && by.toTensor().defined() && by.toTensor().numel() > 0) {
      size = by.toTensor().abs().max().to(torch.ScalarType.Double).item().toDouble();
    } else {
      return false;
    }
    return switch (kind) {
      case "aten::div", "aten::div_", "aten::sub", "aten::sub_" -> size >= LEAST;
      case "aten::mul", "aten::mul_" -> size > 0 && size <= 1 / LEAST;
      default -> false;
    };
  }

  private static @Nullable IValue known(JitNode node, long input) {
    IValueOptional constant = torch.toIValue(node.input(input));
    return constant.has_value() ? constant.get() : null;
  }
}

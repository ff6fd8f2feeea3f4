package dev.quicklime.torch.internal.graph;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.FunctionVector;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.GraphFunction;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueOptional;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.JitNode;
import org.bytedeco.pytorch.Obj;
import org.bytedeco.pytorch.global.torch;

/**
 * Devices that a trace wrote into a module, those that its example was on. Loading a file for
 * another device moves its tensors and leaves these alone.
 */
public final class DeviceConstants {

  private final Device device;
  private final Set<Long> seen = new HashSet<>();
  private final TreeSet<String> found = new TreeSet<>();

  private DeviceConstants(Device device) {
    this.device = device;
  }

  /**
   * Puts one device in the place of all others in a module that has not run yet.
   *
   * @return what the others are called, for instance {@code cuda:0}
   */
  public static Set<String> move(JitModule module, Device device) {
    DeviceConstants constants = new DeviceConstants(device);
    constants.visit(module._ivalue());
    return constants.found;
  }

  private void visit(Obj object) {
    if (!seen.add(object.address())) {
      return;
    }
    long slots = object.type().numAttributes();
    for (long i = 0; i < slots; i++) {
      IValue value = object.getSlot(i);
      if (value.isObject()) {
        visit(value.toObject());
      }
    }
    FunctionVector methods = object.type().methods();
    for (long i = 0; i < methods.size(); i++) {
      GraphFunction method = torch.tryToGraphFunction(methods.get(i));
      if (method != null && !method.isNull() && seen.add(method.address())) {
        Graph graph = method.graph();
        GraphNodes.of(graph).forEach(node -> replace(graph, node));
      }
    }
  }

  private void replace(Graph graph, JitNode node) {
    if (!node.kind().toQualString().getString().equals("prim::Constant")) {
      return;
    }
    IValueOptional value = torch.toIValue(node.output());
    if (!value.has_value() || !value.get().isDevice()) {
      return;
    }
    Device other = value.get().toDevice();
    // A device without a number is the current one of its kind.
    if (other.type().intern() == device.type().intern()
        && (!other.has_index() || !device.has_index() || other.index() == device.index())) {
      return;
    }
    found.add(other.str().getString());
    graph.setInsertPoint(node);
    node.output().replaceAllUsesWith(graph.insertConstant(new IValue(device)));
  }
}

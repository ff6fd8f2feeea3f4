package dev.quicklime.torch.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.ClassType;
import org.bytedeco.pytorch.FunctionVector;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.GraphFunction;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.JitNode;
import org.bytedeco.pytorch.Obj;
import org.bytedeco.pytorch.Value;
import org.bytedeco.pytorch.global.torch;

/**
 * The paths of modules within a module, as Python's {@code named_modules} has them.
 *
 * <p>When libtorch puts methods in the place of their calls, it notes the name by which each module
 * was called: of {@code self.blocks[11]} the last part alone, 11. So modules that are called over
 * several names are made attributes of the caller as well, under all of these names with dots
 * between them, before anything is inlined.
 */
public final class ModulePaths {

  private static final Pattern GET =
      Pattern.compile("%(\\S+) : [^\n]* = prim::GetAttr\\[name=\"([^\"\n]*)\"]\\(%(\\S+)\\)");

  /** Of "blocks.11(Block).attn(Attention)" one after the other. */
  private static final Pattern CALL = Pattern.compile("\\.?([^()]*)\\([^)]*\\)");

  private final List<Obj> objects = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();

  /** By the address of a type, whose native object may have several in Java. */
  private final Map<Long, Set<String>> paths = new LinkedHashMap<>();

  private ModulePaths() {}

  /**
   * Prepares a module that has not run yet; what it computes stays the same.
   *
   * @throws RuntimeException if it cannot be done; then the module must not be used
   */
  public static void keep(JitModule module) {
    ModulePaths all = new ModulePaths();
    all.collect(module._ivalue());
    for (Obj object : all.objects) {
      ClassType type = object.type();
      // Objects of other classes may be anywhere, modules in attributes alone.
      if (type.is_module() && !all.paths.containsKey(type.address())) {
        all.paths.put(type.address(), rewrite(type));
      }
    }
    for (Obj object : all.objects) {
      for (String path : all.paths.getOrDefault(object.type().address(), Set.of())) {
        object.setAttr(path, at(object, path));
      }
    }
  }

  private void collect(Obj object) {
    if (seen.add(object.address())) {
      objects.add(object);
      long slots = object.type().numAttributes();
      for (long i = 0; i < slots; i++) {
        IValue value = object.getSlot(i);
        if (value.isObject()) {
          collect(value.toObject());
        }
      }
    }
  }

  private static IValue at(Obj object, String path) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    if (!object.type().hasAttribute(name) || !object.getAttr(name).isObject()) {
      throw new IllegalStateException("no module is called " + path);
    }
    IValue value = object.getAttr(name);
    return dot < 0 ? value : at(value.toObject(), path.substring(dot + 1));
  }

  /** Lets a type's methods call modules by their paths; these paths. */
  private static Set<String> rewrite(ClassType type) {
    Set<String> found = new HashSet<>();
    FunctionVector methods = type.methods();
    for (long m = 0; m < methods.size(); m++) {
      GraphFunction method = torch.tryToGraphFunction(methods.get(m));
      if (method == null || method.isNull()) {
        continue;
      }
      Graph graph = method.graph();
      Value self = graph.inputs().get(0);
      Map<String, Got> gets = gets(graph);
      for (JitNode node : GraphNodes.of(graph)) {
        if (!node.kind().toQualString().getString().equals("prim::CallMethod")) {
          continue;
        }
        Value called = node.input(0);
        String path = path(called, self, gets);
        if (path.indexOf('.') > 0
            && called.type().get().kind().intern() == torch.TypeKind.ClassType) {
          if (found.add(path) && !type.hasAttribute(path)) {
            type.addAttribute(path, called.type());
          }
          JitNode get = graph.createGetAttr(self, path);
          get.insertBefore(node);
          node.replaceInput(0, get.output());
        }
      }
    }
    return found;
  }

  /** What a step takes: an attribute of a value. */
  private record Got(String name, String from) {}

  /**
   * The attributes that a graph's steps take, by the names of what they become. They are read off
   * the graph's text, as a node's own texts are gone by the time that they come to Java.
   */
  private static Map<String, Got> gets(Graph graph) {
    Map<String, Got> gets = new HashMap<>();
    Matcher get = GET.matcher(graph.toString());
    while (get.find()) {
      gets.put(get.group(1), new Got(get.group(2), get.group(3)));
    }
    return gets;
  }

  /** Names that lead from a method's own module to a value, or nothing. */
  private static String path(Value called, Value self, Map<String, Got> gets) {
    String path = "";
    String value = called.debugName().getString();
    for (Got got = gets.get(value); got != null; got = gets.get(value)) {
      path = path.isEmpty() ? got.name() : got.name() + "." + path;
      value = got.from();
    }
    return value.equals(self.debugName().getString()) ? path : "";
  }

  /**
   * Names of the modules in whose calls a step of an inlined graph lies, the outermost first; calls
   * of functions and of a module's own methods have none.
   */
  public static List<String> calls(JitNode node) {
    BytePointer hierarchy = torch.getNodesModuleHierarchy(node);
    List<String> calls = new ArrayList<>();
    if (hierarchy != null && !hierarchy.isNull()) {
      Matcher call = CALL.matcher(hierarchy.getString());
      while (call.find()) {
        if (!call.group(1).matches("SELF|UNKNOWN_INSTANCE|INSTANCE_NAME_UNKNOWN|")) {
          calls.add(call.group(1));
        }
      }
    }
    return calls;
  }
}

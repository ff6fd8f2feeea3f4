package dev.quicklime.torch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What the outputs of a package are called: compiled code returns them one after the other, and
 * {@code torch.export} keeps beside it how they lay within dictionaries, lists and tuples.
 */
final class PackageOutputs {

  private static final JsonMapper MAPPER = new JsonMapper();

  private PackageOutputs() {}

  /**
   * Names of all outputs, in the order in which the code returns them: keys of dictionaries and
   * places in lists, with dots between them, as {@code logits} or {@code out.0}.
   *
   * @param spec as {@code torch.utils._pytree.treespec_dumps} writes it
   * @return nothing if it cannot be read
   */
  static List<String> names(String spec) {
    List<String> names = new ArrayList<>();
    try {
      JsonNode root = MAPPER.readTree(spec);
      if (root.isArray() && root.size() == 2) {
        collect("", root.get(1), names);
      }
    } catch (JacksonException e) {
      return List.of();
    }
    return names;
  }

  private static void collect(String name, JsonNode node, List<String> into)
      throws JacksonException {
    JsonNode children = node.path("children_spec");
    if (node.path("type").isNull()) {
      into.add(name);
      return;
    }
    JsonNode keys = keys(node.path("context"));
    for (int i = 0; i < children.size(); i++) {
      String own = keys.size() == children.size() ? keys.get(i).asText() : String.valueOf(i);
      collect(name.isEmpty() ? own : name + "." + own, children.get(i), into);
    }
  }

  /** Keys of a dictionary, which are JSON within a text; of a data class the fields' names. */
  private static JsonNode keys(JsonNode context) throws JacksonException {
    JsonNode inner = context.isTextual() ? MAPPER.readTree(context.asText()) : context;
    if (inner.isArray() && inner.size() == 2 && inner.get(1).isArray()) {
      // A default dictionary has what makes its values before the keys.
      return inner.get(1);
    }
    return inner;
  }
}

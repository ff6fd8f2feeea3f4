package dev.quicklime.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.ResizeTo;
import java.util.Locale;

/** What a model's input is, field by field as in a card beside a model. */
final class InputJson {

  private InputJson() {}

  static ObjectNode of(Preprocessing input) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("width", input.width());
    node.put("height", input.height());
    node.put("resize", input.resize().name().toLowerCase(Locale.ROOT));
    ResizeTo resizeTo = input.resizeTo();
    if (resizeTo == null) {
      node.putNull("resizeTo");
    } else if (resizeTo.isShortSide()) {
      node.put("resizeTo", resizeTo.width());
    } else {
      node.put("resizeTo", resizeTo.toString());
    }
    node.put("interpolation", input.interpolation().name().toLowerCase(Locale.ROOT));
    node.set("mean", ExplanationJson.numbers(input.mean()));
    node.set("std", ExplanationJson.numbers(input.std()));
    node.put("order", input.order().name());
    return node;
  }
}

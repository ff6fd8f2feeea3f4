package dev.quicklime.cli.options;

import dev.quicklime.Environment;
import dev.quicklime.Provenance;
import dev.quicklime.Versions;
import dev.quicklime.model.ClassifierInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where versions, libraries and machine of two explanations differ. */
final class LikeMachine {

  private LikeMachine() {}

  /**
   * A sentence for each difference.
   *
   * @param file of the explanation that is made again
   * @param then what that was made with
   * @param now the model that runs now
   * @param sameModel whether its runtime must be the same
   */
  static List<String> differences(
      Path file, Provenance then, ClassifierInfo now, boolean sameModel) {
    Map<String, String> before = new TreeMap<>(then.versions());
    Map<String, String> here = new TreeMap<>(Versions.all());
    before.put("cpu", then.cpu());
    here.put("cpu", Environment.cpu());
    before.put("kernels", then.kernels());
    here.put("kernels", Environment.kernels().split(" \\(", 2)[0]);
    before.put("device", then.model().device());
    here.put("device", now.device());
    if (sameModel) {
      before.put("runtime", then.model().runtime());
      here.put("runtime", now.runtime());
    }
    List<String> differences = new ArrayList<>();
    before.forEach(
        (name, value) -> {
          String found = here.getOrDefault(name, "not known");
          if (!found.equals(value)) {
            differences.add(
                "like %s, but %s is %s, and was %s".formatted(file, name, found, value));
          }
        });
    return differences;
  }
}

package dev.quicklime.cli.refit;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.cli.options.SurrogateFlags;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.files.JsonSchema;
import dev.quicklime.surrogate.FitPaths;
import dev.quicklime.surrogate.PathKnot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Fits as JSON: {@code schema} and {@code runs}, an array of objects with {@code run}, {@code
 * classes} and {@code fits}; each of these has the {@code surrogate}'s name, its {@code options},
 * the {@code milliseconds} that all classes took, and an object for each class as in an
 * explanation's JSON. With paths a run also has {@code lassoPath} and {@code larsPath}: for each
 * class its knots, each an array of α and the d coefficients.
 */
final class RefitJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ObjectNode root = MAPPER.createObjectNode().put("schema", JsonSchema.VERSION);
  private final ArrayNode runs = root.putArray("runs");
  private final boolean paths;

  RefitJson(boolean paths) {
    this.paths = paths;
  }

  void add(RefitRun run) {
    ObjectNode node = runs.addObject();
    node.put("run", run.file().toString());
    run.classes().forEach(node.putArray("classes")::add);
    ArrayNode fits = node.putArray("fits");
    boolean intercept = true;
    for (RefitRun.Refit refit : run.refits()) {
      intercept = refit.surrogate().intercept();
      ObjectNode fit = fits.addObject();
      fit.put("surrogate", SurrogateFlags.name(refit.surrogate()));
      fit.set("options", ExplanationJson.options(refit.surrogate()));
      fit.put("milliseconds", refit.millis());
      ArrayNode classes = fit.putArray("classes");
      refit.fits().forEach(one -> classes.add(ExplanationJson.fit(one)));
    }
    if (paths) {
      ArrayNode lasso = node.putArray("lassoPath");
      ArrayNode lars = node.putArray("larsPath");
      for (int position = 0; position < run.classes().size(); position++) {
        put(lasso.addArray(), FitPaths.lasso(run.input(), position, intercept));
        put(lars.addArray(), FitPaths.lars(run.input(), position, intercept));
      }
    }
  }

  private static void put(ArrayNode into, List<PathKnot> knots) {
    for (PathKnot knot : knots) {
      ArrayNode numbers = into.addArray();
      numbers.add(knot.alpha());
      knot.coefficients().forEach(numbers::add);
    }
  }

  void write(Path file) throws IOException {
    Files.writeString(file, MAPPER.writeValueAsString(root));
  }
}

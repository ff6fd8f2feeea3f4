package dev.quicklime.report.page;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.Provenance;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.InputWords;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import dev.quicklime.surrogate.Shapley;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Options, versions and machine: all that is needed to make an explanation again. */
public final class ProvenanceFacts {

  private ProvenanceFacts() {}

  /** What an explanation was made from and by, the name of its picture first. */
  public static List<Fact> of(String picture, Explanation explanation) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Picture", picture));
    facts.addAll(shared(explanation));
    return facts;
  }

  /** The same without the picture. */
  public static List<Fact> shared(Explanation explanation) {
    Provenance provenance = explanation.provenance();
    ExplainOptions options = provenance.options();
    ClassifierInfo model = provenance.model();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Model", model.name()));
    facts.add(new Fact("Model input", InputWords.of(provenance.preprocessing())));
    if (model.output() != null) {
      facts.add(new Fact("Model output", model.output()));
    }
    facts.add(new Fact("Segmenter", Words.option(options.segmenter())));
    facts.add(new Fact("Samples", Numbers.count(options.samples())));
    Stopping stopping = explanation.stopping();
    if (stopping != null) {
      facts.add(new Fact("Stop rule", Words.stopping(stopping)));
    }
    facts.add(new Fact("Design", Words.option(options.design())));
    facts.add(new Fact("Fill", Words.option(options.fill())));
    facts.add(new Fact("Target", Words.option(options.target())));
    facts.add(new Fact("Classes", Words.option(options.classes())));
    facts.add(
        new Fact(
            "Locality",
            options.surrogate() instanceof Shapley
                ? "none: samples count as Kernel SHAP weighs their sizes"
                : Words.option(options.locality())));
    facts.add(new Fact("Surrogate", Words.option(options.surrogate())));
    facts.add(new Fact("Seed", Long.toString(options.seed())));
    facts.add(new Fact("Runtime", model.runtime()));
    facts.add(new Fact("Device", model.device()));
    facts.add(new Fact("Precision", model.precision()));
    if (model.hasOriginalPrecision()) {
      facts.add(new Fact("Precision of scores shown", model.originalPrecision()));
    }
    facts.add(new Fact("Threads", Integer.toString(model.threads())));
    facts.add(new Fact("Batch", Integer.toString(provenance.batch())));
    model.decisions().forEach(decision -> facts.add(new Fact("Decision", decision)));
    facts.add(new Fact("Processor", provenance.cpu()));
    facts.add(new Fact("Kernels", provenance.kernels()));
    new TreeMap<>(provenance.versions())
        .forEach((name, version) -> facts.add(new Fact("Version of " + name, version)));
    return facts;
  }
}

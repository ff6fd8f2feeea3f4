package dev.quicklime.torch.internal.graph;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.FunctionSchema;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueOptional;
import org.bytedeco.pytorch.IntOptional;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.JitNode;
import org.bytedeco.pytorch.StringVectorOptional;
import org.bytedeco.pytorch.Value;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a module in evaluation mode that make scores random or let them depend on the rest of a
 * batch, for a trace wrote them down as they are while a network learns, or its author left them
 * so. Evaluation mode does not reach them, and a module that has some must not be optimised:
 * libtorch folds a normalisation into the convolution before it whatever its mode.
 *
 * @param random names of random steps, in alphabetical order
 * @param shared names of steps that compute across a batch as while learning
 * @param unaveraged whether a batch normalisation has no running averages, in any mode
 */
public record TrainingSteps(List<String> random, List<String> shared, boolean unaveraged) {

  private static final Set<String> DROPOUT =
      Set.of(
          "aten::dropout",
          "aten::dropout_",
          "aten::feature_dropout",
          "aten::feature_dropout_",
          "aten::alpha_dropout",
          "aten::alpha_dropout_",
          "aten::feature_alpha_dropout",
          "aten::feature_alpha_dropout_",
          "aten::native_dropout",
          "aten::lstm",
          "aten::gru",
          "aten::rnn_tanh",
          "aten::rnn_relu");

  private static final Set<String> DRAWS =
      Set.of(
          "aten::_fused_dropout",
          "aten::bernoulli",
          "aten::bernoulli_",
          "aten::cauchy_",
          "aten::exponential_",
          "aten::geometric_",
          "aten::log_normal_",
          "aten::multinomial",
          "aten::normal",
          "aten::normal_",
          "aten::poisson",
          "aten::rand",
          "aten::rand_like",
          "aten::randint",
          "aten::randint_like",
          "aten::randn",
          "aten::randn_like",
          "aten::random_",
          "aten::randperm",
          "aten::uniform_");

  /** Copies the lists. */
  public TrainingSteps {
    random = List.copyOf(random);
    shared = List.copyOf(shared);
  }

  /** Looks through what {@code forward} does, with all that it calls; the module stays as it is. */
  public static TrainingSteps of(JitModule module) {
    Graph inlined =
        torch.toGraphFunction(module.get_method("forward").function()).optimized_graph();
    TrainingSteps possible = of(inlined);
    if (!possible.any()) {
      return possible;
    }
    try {
      // Settles which branches an evaluating module takes, and merges no steps.
      return of(
          torch.freeze(module, new StringVectorOptional(), false).get_method("forward").graph());
    } catch (RuntimeException e) {
      return possible;
    }
  }

  /** Looks through a graph without calls. */
  public static TrainingSteps of(Graph graph) {
    TreeSet<String> random = new TreeSet<>();
    TreeSet<String> shared = new TreeSet<>();
    boolean unaveraged = false;
    for (JitNode node : GraphNodes.of(graph)) {
      String kind = node.kind().toQualString().getString();
      if (!kind.startsWith("aten::")) {
        continue;
      }
      if (kind.contains("batch_norm")) {
        if (node.inputs().size() > 5 && yes(argument(node, "training"))) {
          Value average = argument(node, "running_mean");
          if (average != null && average.mustBeNone()) {
            unaveraged = true;
          } else {
            shared.add("batch normalisation");
          }
        }
      } else if (drops(node, kind)) {
        random.add("dropout");
      } else if (kind.startsWith("aten::rrelu") && yes(argument(node, "training"))) {
        random.add("rrelu");
      } else if (DRAWS.contains(kind)) {
        random.add("random numbers of " + kind.replaceFirst("aten::(\\w+?)_?$", "$1"));
      }
    }
    return new TrainingSteps(List.copyOf(random), List.copyOf(shared), unaveraged);
  }

  private static boolean drops(JitNode node, String kind) {
    if (kind.contains("scaled_dot_product")) {
      return number(argument(node, "dropout_p")) > 0;
    }
    if (!DROPOUT.contains(kind)) {
      return false;
    }
    Value rate = argument(node, "p");
    rate = rate == null ? argument(node, "dropout") : rate;
    Value learning = argument(node, "train");
    return yes(learning) && number(rate) > 0;
  }

  private static @Nullable Value argument(JitNode node, String name) {
    FunctionSchema schema = node.maybeSchema();
    if (schema == null || schema.isNull()) {
      return null;
    }
    IntOptional index = schema.argumentIndexWithName(name);
    return index.has_value() && index.get() < node.inputs().size() ? node.input(index.get()) : null;
  }

  private static boolean yes(@Nullable Value value) {
    IValue known = known(value);
    return known != null && known.isBool() && known.toBool();
  }

  /** What is not written down may be anything, but 0. */
  private static double number(@Nullable Value value) {
    if (value == null) {
      return 0;
    }
    IValue known = known(value);
    return known != null && known.isDouble() ? known.toDouble() : 1;
  }

  private static @Nullable IValue known(@Nullable Value value) {
    if (value == null) {
      return null;
    }
    IValueOptional constant = torch.toIValue(value);
    return constant.has_value() ? constant.get() : null;
  }

  /** Whether there are any. */
  public boolean any() {
    return !random.isEmpty() || !shared.isEmpty() || unaveraged;
  }

  /** What users should know, one sentence each. */
  public List<String> notices() {
    if (!any()) {
      return List.of();
    }
    if (random.isEmpty() && shared.isEmpty()) {
      return List.of(
          "the model's batch normalisation keeps no running averages, so that scores depend on the"
              + " rest of a batch, and weights with them: only a batch of 1 scores each sample by"
              + " itself");
    }
    TreeSet<String> found = new TreeSet<>(random);
    found.addAll(shared);
    boolean both = !random.isEmpty() && !shared.isEmpty();
    return List.of(
        ("the model file has %s in training mode: scores %s, and weights follow that as well as the"
                + " sample; call eval() on the network before it is traced or exported")
            .formatted(
                String.join(" and ", found),
                both
                    ? "are random and depend on the rest of a batch"
                    : random.isEmpty() ? "depend on the rest of a batch" : "are random"));
  }
}

package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.BestSubset;
import dev.quicklime.surrogate.ElasticNet;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.L1Ball;
import dev.quicklime.surrogate.L2Ball;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.surrogate.Surrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model is fitted to the samples, and how sparse it is to be. */
@InGroup(HelpGroup.SURROGATE)
public final class SurrogateFlags {

  /** The models, in the order in which tables list them. */
  public enum Kind {
    LASSO,
    ELASTIC_NET,
    RIDGE,
    OLS,
    K_LASSO,
    FORWARD,
    BEST_SUBSET,
    L1_BALL,
    L2_BALL,
    SHAPLEY,
    LIME;

    private static final Set<Kind> PENALIZED = Set.of(LASSO, ELASTIC_NET);
    private static final Set<Kind> BALLS = Set.of(L1_BALL, L2_BALL);
  }

  private static final int FOLDS = 10;

  /** Up to so many features Python's lime selects forward. */
  static final int LIME_FORWARD = 6;

  /** Of the ridge by which it ranks where there are more. */
  private static final double LIME_RANKING = 0.01;

  private static final int MOST_FEATURES = 4096;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--surrogate",
      paramLabel = "NAME",
      description =
          "The model that is fitted: lasso, elastic-net, ridge, ols, k-lasso, forward, best-subset,"
              + " l1-ball, l2-ball; shapley for Shapley values, of pictures only; or lime, which"
              + " selects as Python's lime does: up to 6 features by forward selection, more by a"
              + " ridge of 0.01 (default: ${DEFAULT-VALUE}).")
  private String surrogate = "lasso";

  @Option(
      names = "--alpha",
      paramLabel = "auto|aic|bic|cv[:N]|A",
      description =
          "Penalty of lasso and elastic-net, or the rule that finds it: auto keeps what the"
              + " Bayesian criterion does and at least one part, aic and bic are those of the"
              + " path's knots, cv:N is N-fold cross-validation. Of ridge, and of the ridge that"
              + " k-lasso, forward and lime end with, a number (default: auto; 1 for ridge, k-lasso"
              + " and lime, 0 for forward).")
  private @Nullable String alpha;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--features",
      paramLabel = "K",
      description =
          "How many superpixels or features get a weight: the most for k-lasso (default: 10),"
              + " forward and best-subset (6); of lasso and elastic-net the alpha that keeps K; of"
              + " others the K strongest, fitted again (default: all).")
  private @Nullable String features;

  @Option(
      names = "--l1-ratio",
      paramLabel = "R",
      description = "Share of elastic-net's penalty that is l1, above 0 to 1 (default: 0.5).")
  private @Nullable String l1Ratio;

  @Option(
      names = "--radius",
      paramLabel = "T",
      description =
          "How large the norm of the weights may be, for l1-ball and l2-ball, which need it"
              + " (default: none).")
  private @Nullable String radius;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description =
          "How long best-subset may look for a proof, for each class (default: 10). After that"
              + " its gap is reported.")
  private @Nullable String limit;

  @Option(
      names = "--no-intercept",
      description = "Fits without a constant term (default: with one).")
  private boolean noIntercept;

  /** Whether a table of all of them is asked for. */
  public boolean all() {
    return surrogate.equals("all");
  }

  /** The model that is asked for. */
  public Surrogate surrogate() {
    return of(Parse.choice("--surrogate", surrogate, Kind.class));
  }

  /** Whether models have an intercept. */
  public boolean intercept() {
    return !noIntercept;
  }

  /**
   * A model of each kind; options that say nothing about a kind do not matter to it.
   *
   * @param l1 radius of the ℓ1 ball where none is given
   * @param l2 radius of the ℓ2 ball where none is given
   */
  public List<Surrogate> ofEach(double l1, double l2) {
    List<Surrogate> each = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind == Kind.LIME || kind == Kind.SHAPLEY) {
        // Forward selection or a ridge, which are there already; and what needs samples of its own.
        continue;
      }
      SurrogateFlags flags = new SurrogateFlags();
      flags.noIntercept = noIntercept;
      flags.features = kind == Kind.RIDGE || kind == Kind.OLS || ball(kind) ? null : features;
      boolean chosen = features != null && Kind.PENALIZED.contains(kind);
      flags.alpha = Kind.PENALIZED.contains(kind) && !chosen ? alpha : null;
      flags.l1Ratio = kind == Kind.ELASTIC_NET ? l1Ratio : null;
      flags.limit = kind == Kind.BEST_SUBSET ? limit : null;
      if (ball(kind)) {
        double own = kind == Kind.L1_BALL ? l1 : l2;
        flags.radius = radius == null ? Double.toString(own) : radius;
      }
      each.add(flags.of(kind));
    }
    return each;
  }

  /** What a kind is called on the command line. */
  public static String name(Surrogate surrogate) {
    return Parse.word(kind(surrogate));
  }

  private static Kind kind(Surrogate surrogate) {
    return switch (surrogate) {
      case Lasso _ -> Kind.LASSO;
      case ElasticNet _ -> Kind.ELASTIC_NET;
      case Ridge _ -> Kind.RIDGE;
      case LeastSquares _ -> Kind.OLS;
      case KLasso _ -> Kind.K_LASSO;
      case ForwardSelection _ -> Kind.FORWARD;
      case BestSubset _ -> Kind.BEST_SUBSET;
      case L1Ball _ -> Kind.L1_BALL;
      case L2Ball _ -> Kind.L2_BALL;
      case Shapley _ -> Kind.SHAPLEY;
      case Strongest strongest -> kind(strongest.ranking());
    };
  }

  private static boolean ball(Kind kind) {
    return Kind.BALLS.contains(kind);
  }

  private Surrogate of(Kind kind) {
    only("--l1-ratio", l1Ratio, kind == Kind.ELASTIC_NET, kind);
    only("--radius", radius, ball(kind), kind);
    only("--limit", limit, kind == Kind.BEST_SUBSET, kind);
    only("--features", features, kind != Kind.SHAPLEY, kind);
    only(
        "--alpha",
        alpha,
        kind != Kind.OLS && kind != Kind.SHAPLEY && kind != Kind.BEST_SUBSET && !ball(kind),
        kind);
    boolean intercept = !noIntercept;
    return switch (kind) {
      case LASSO -> new Lasso(rule(kind), intercept);
      case ELASTIC_NET -> new ElasticNet(rule(kind), l1Ratio(), intercept);
      case RIDGE -> strongest(new Ridge(ridge(1), intercept), ridge(1));
      case OLS -> strongest(new LeastSquares(intercept), 0);
      case K_LASSO -> new KLasso(features(10), ridge(1), intercept);
      case FORWARD -> new ForwardSelection(features(6), ridge(0), intercept);
      case BEST_SUBSET -> new BestSubset(features(6), limit(), intercept);
      case L1_BALL -> strongest(new L1Ball(radius(kind), intercept), 0);
      case L2_BALL -> strongest(new L2Ball(radius(kind), intercept), 0);
      case SHAPLEY -> shapley();
      case LIME -> lime(intercept);
    };
  }

  private static void only(String option, @Nullable String given, boolean fits, Kind kind) {
    if (given != null && !fits) {
      throw new InvalidInputException(
          option + " says nothing about --surrogate " + Parse.word(kind));
    }
  }

  private Surrogate shapley() {
    if (noIntercept) {
      throw new InvalidInputException(
          "--no-intercept says nothing about --surrogate shapley, whose intercept is the score of"
              + " the empty picture");
    }
    return new Shapley();
  }

  private Surrogate strongest(Surrogate surrogate, double ridge) {
    return features == null ? surrogate : new Strongest(features(1), surrogate, ridge);
  }

  /** LIME's way: with all superpixels kept, its two ridges come to the second one alone. */
  private Surrogate lime(boolean intercept) {
    double last = ridge(1);
    if (features == null) {
      return new Ridge(last, intercept);
    }
    int kept = features(1);
    return kept <= LIME_FORWARD
        ? new ForwardSelection(kept, last, intercept)
        : new Strongest(kept, new Ridge(LIME_RANKING, intercept), last);
  }

  private Alpha rule(Kind kind) {
    if (features != null) {
      if (alpha != null) {
        throw new InvalidInputException(
            "--alpha cannot be combined with --features for --surrogate "
                + Parse.word(kind)
                + ": each follows from the other");
      }
      return new Alpha.Keeping(features(1));
    }
    String text = alpha == null ? "auto" : alpha;
    if (text.startsWith("cv:")) {
      return new Alpha.CrossValidated(
          Parse.whole("--alpha cv:N", text.substring("cv:".length()), 2, 1000));
    }
    return switch (text) {
      case "auto" -> Alpha.auto();
      case "aic" -> new Alpha.Criterion(Alpha.Criterion.Kind.AIC);
      case "bic" -> new Alpha.Criterion(Alpha.Criterion.Kind.BIC);
      case "cv" -> new Alpha.CrossValidated(FOLDS);
      default ->
          Alpha.of(
              Parse.number(
                  "--alpha",
                  text,
                  "auto, aic, bic, cv, cv:N or a number of at least 0",
                  value -> value >= 0));
    };
  }

  private double ridge(double unsaid) {
    return alpha == null || alpha.equals("auto")
        ? unsaid
        : Parse.number("--alpha", alpha, "a number of at least 0", value -> value >= 0);
  }

  private int features(int unsaid) {
    return features == null ? unsaid : Parse.whole("--features", features, 1, MOST_FEATURES);
  }

  private double l1Ratio() {
    return l1Ratio == null
        ? 0.5
        : Parse.number(
            "--l1-ratio", l1Ratio, "above 0 and at most 1", value -> value > 0 && value <= 1);
  }

  private double radius(Kind kind) {
    if (radius == null) {
      throw new InvalidInputException(
          "--surrogate " + Parse.word(kind) + " needs --radius, the largest norm of the weights");
    }
    return Parse.number("--radius", radius, "a number above 0", value -> value > 0);
  }

  private double limit() {
    return limit == null
        ? 10
        : Parse.number(
            "--limit", limit, "seconds above 0, at most 86400", s -> s > 0 && s <= 86_400);
  }
}

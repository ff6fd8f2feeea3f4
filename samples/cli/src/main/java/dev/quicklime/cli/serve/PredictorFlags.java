package dev.quicklime.cli.serve;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.remote.PredictorOptions;
import dev.quicklime.serve.remote.PredictorProtocol;
import dev.quicklime.serve.remote.PredictorToken;
import dev.quicklime.serve.remote.RemoteModel;
import dev.quicklime.serve.remote.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A model elsewhere, by the names that KServe has for it. */
@InGroup(HelpGroup.PREDICTOR)
final class PredictorFlags {

  /** Holds the token where no file does. */
  private static final String VARIABLE = "QUICKLIME_PREDICTOR_TOKEN";

  private static final String AUTO = "auto";

  /** What predictors take at once, those of Quicklime for instance, unless they are told. */
  private static final int MOST_UNASKED = 32;

  @Option(
      names = {"--predictor_host", "--predictor-host"},
      paramLabel = "HOST[:PORT]",
      description =
          "Explains a model elsewhere, which a predictor of KServe's protocols serves by the name"
              + " of --model_name; what it takes is said by --size, --mean, --std and the like"
              + " (default: none).")
  private @Nullable String host;

  @Option(
      names = {"--predictor_protocol", "--predictor-protocol"},
      paramLabel = "v1|v2",
      description = "How the predictor is asked (default: ${DEFAULT-VALUE}).")
  private String protocol = "v1";

  @Option(
      names = {"--predictor_use_ssl", "--predictor-use-ssl"},
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      description = "Whether it is asked over TLS (default: ${DEFAULT-VALUE}).")
  private String ssl = "false";

  @Option(
      names = {"--predictor_request_timeout_seconds", "--predictor-timeout"},
      paramLabel = "SECONDS",
      description = "What its scores of a batch may take (default: ${DEFAULT-VALUE}).")
  private String timeout = "60";

  @Option(
      names = {"--predictor_request_retries", "--predictor-retries"},
      paramLabel = "N",
      description =
          "How often a batch is sent again whose connection broke (default: ${DEFAULT-VALUE}).")
  private String retries = "1";

  @Option(
      names = "--predictor-in-flight",
      paramLabel = "N",
      description = "Batches of a picture that it is asked at once (default: ${DEFAULT-VALUE}).")
  private String inFlight = "2";

  @Option(
      names = "--predictor-layout",
      paramLabel = "auto|nchw|nhwc",
      description =
          "Whether channels come first or last; auto takes what its metadata says, else nchw"
              + " (default: ${DEFAULT-VALUE}).")
  private String layout = AUTO;

  @Option(
      names = "--predictor-datatype",
      paramLabel = "auto|fp32|fp64|fp16|bf16|uint8",
      description =
          "Numbers that are sent, uint8 for levels without mean and deviation; auto takes what its"
              + " metadata says, else fp32 (default: ${DEFAULT-VALUE}).")
  private String type = AUTO;

  @Option(
      names = "--predictor-input",
      paramLabel = "NAME",
      description =
          "V2: the input of the pictures. V1: the field of an instance that has the picture"
              + " (default: the only input; the instance itself).")
  private @Nullable String input;

  @Option(
      names = "--predictor-token-file",
      paramLabel = "F",
      description =
          "Holds the bearer token that it asks for (default: that of the environment's"
              + " QUICKLIME_PREDICTOR_TOKEN, else none is sent).")
  private @Nullable Path tokenFile;

  /** Whether the model is elsewhere. */
  boolean given() {
    return host != null;
  }

  /**
   * Begins to look for the model.
   *
   * @param name that the predictor and the service have for it
   * @param news hears what is waited for
   */
  ServedModel open(ModelFlags model, @Nullable String name, Consumer<String> news) {
    if (host == null || name == null) {
      throw new InvalidInputException(
          "--predictor_host needs --model_name, what the predictor calls the model");
    }
    if (model.model() != null) {
      throw new InvalidInputException("--predictor_host cannot be combined with --model");
    }
    ModelOptions how = model.over(Preprocessing.imageNet());
    PredictorOptions options =
        PredictorOptions.of(host, yes(ssl), name)
            .withProtocol(Parse.choice("--predictor_protocol", protocol, PredictorProtocol.class))
            .withTries(
                Duration.ofSeconds(
                    Parse.whole("--predictor_request_timeout_seconds", timeout, 1, 86_400)),
                Parse.whole("--predictor_request_retries", retries, 0, 10))
            .withInFlight(Parse.whole("--predictor-in-flight", inFlight, 1, 64))
            .withPictures(
                layout.equals(AUTO)
                    ? null
                    : Parse.choice("--predictor-layout", layout, Layout.class),
                type.equals(AUTO)
                    ? null
                    : Parse.choice("--predictor-datatype", type, TensorType.class))
            .withNames(input, how.output())
            .withToken(token());
    Labels labels =
        model.labels() == null
            ? Labels.ofModel(List.of(), LabelNames.REMEDY)
            : LabelNames.of(model.labels());
    RemoteModel remote = RemoteModel.seek(options, how.preprocessing(), batch(how), news);
    return new ServedModel(name, Explainer.of(remote, labels), new ExplainParameters(labels))
        .withReadiness(remote);
  }

  private static int batch(ModelOptions how) {
    return how.batch() > 0 ? how.batch() : Math.min(MOST_UNASKED, how.batchOrDefault(false));
  }

  /** As Python's strtobool has it, by which KServe reads it. */
  private static boolean yes(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "y", "t", "1" -> true;
      case "false", "no", "off", "n", "f", "0" -> false;
      default -> throw Parse.wrong("--predictor_use_ssl", "true or false", text);
    };
  }

  private @Nullable PredictorToken token() {
    if (tokenFile == null) {
      String variable = System.getenv(VARIABLE);
      return variable == null || variable.isBlank() ? null : PredictorToken.of(variable);
    }
    try {
      if (Files.size(tokenFile) > 1 << 16) {
        throw new InvalidInputException(
            "--predictor-token-file must hold one token, got a file of %s bytes"
                .formatted(Files.size(tokenFile)));
      }
      return PredictorToken.of(Files.readString(tokenFile, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InvalidInputException(
          "--predictor-token-file must be a readable file, got " + tokenFile, e);
    }
  }
}

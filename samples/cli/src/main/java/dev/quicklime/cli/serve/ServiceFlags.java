package dev.quicklime.cli.serve;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.serve.http.BearerTokens;
import dev.quicklime.serve.http.ServerOptions;
import dev.quicklime.serve.http.ServiceOptions;
import dev.quicklime.serve.model.SharedBatches;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a service listens, to whom, and what it takes. */
@InGroup(HelpGroup.SERVICE)
final class ServiceFlags {

  /** Holds the token where no file does. */
  private static final String VARIABLE = "QUICKLIME_TOKEN";

  private static final long MIB = 1 << 20;
  private static final int LONGEST_SECONDS = 86_400;

  /** A forward pass takes all processors already. */
  private static final int TURNS = 1;

  private static final Duration PATIENCE = Duration.ofMillis(2);

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address that it listens at; another than the loopback's needs a token, or --insecure"
              + " (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = {"--port", "--http_port", "--http-port"},
      paramLabel = "N",
      description = "Its port, or 0 for one that is free (default: ${DEFAULT-VALUE}).")
  private String port = "8080";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--token-file",
      paramLabel = "F",
      description =
          "Tokens, one on each line, of which clients must send one as a bearer token (default:"
              + " that of the environment's QUICKLIME_TOKEN, else none is needed).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--insecure",
      description = "Takes requests of everybody at another address than the loopback's.")
  private boolean insecure;

  @Option(
      names = "--tls-cert",
      paramLabel = "F",
      description = "PEM file of the certificate; with --tls-key it listens over TLS alone.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "F",
      description = "PEM file of the certificate's private key, without a password.")
  private @Nullable Path key;

  @Option(
      names = "--workers",
      paramLabel = "auto|N",
      description =
          "Explanations and predictions at once; auto takes a processor each, 8 at most (default:"
              + " ${DEFAULT-VALUE}).")
  private String workers = "auto";

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Requests that may wait besides; all others are refused by 429 (default:"
              + " ${DEFAULT-VALUE}).")
  private String queue = "64";

  @Option(
      names = "--max-body",
      paramLabel = "MIB",
      description = "Mebibytes that a request may have (default: ${DEFAULT-VALUE}).")
  private String maxBody = "64";

  @Option(
      names = "--max-instances",
      paramLabel = "N",
      description =
          "Pictures that a request may have, or rows to explain; of rows to predict 1024 times as"
              + " many (default: ${DEFAULT-VALUE}).")
  private String maxInstances = "32";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "What a request may take at most (default: ${DEFAULT-VALUE}).")
  private String timeout = "300";

  @Option(
      names = "--arrival",
      paramLabel = "SECONDS",
      description =
          "How long a request may take to arrive, and its answer to be taken (default:"
              + " ${DEFAULT-VALUE}).")
  private String arrival = "30";

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description =
          "How long explanations may run on when the process is told to end (default:"
              + " ${DEFAULT-VALUE}).")
  private String grace = "30";

  @Option(
      names = "--cache",
      paramLabel = "N",
      description =
          "Answers that are kept for who asks the same again, 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private String cache = "256";

  @Option(
      names = "--cache-size",
      paramLabel = "MIB",
      description = "Mebibytes that they may have together (default: ${DEFAULT-VALUE}).")
  private String cacheSize = "64";

  @Option(
      names = "--no-share-batches",
      description =
          "Scores each explanation's batches by themselves, also those that are not full (default:"
              + " those that wait together go together).")
  private boolean noShareBatches;

  /** What shares the forward passes of a model, if anything does. */
  PipelinedClassifier shared(PipelinedClassifier model) {
    return noShareBatches ? model : SharedBatches.of(model, TURNS, PATIENCE);
  }

  /**
   * What the service takes.
   *
   * @param accessLog hears of each request
   */
  ServiceOptions service(Consumer<String> accessLog) {
    ServiceOptions defaults = ServiceOptions.defaults();
    return defaults
        .withWork(
            workers.equals("auto")
                ? defaults.workers()
                : Parse.whole("--workers", workers, 1, 1024),
            Parse.whole("--queue", queue, 0, 1_000_000))
        .withBody(
            Parse.whole("--max-body", maxBody, 1, 2047) * MIB,
            Parse.whole("--max-instances", maxInstances, 1, 1_000_000))
        .withTimes(seconds("--timeout", timeout, 1), seconds("--arrival", arrival, 1))
        .withKept(
            Parse.whole("--cache", cache, 0, 1_000_000),
            Parse.whole("--cache-size", cacheSize, 0, 1 << 20) * MIB)
        .withTokens(tokens())
        .withAccessLog(accessLog);
  }

  /** Where it listens. */
  ServerOptions server() {
    if ((certificate == null) != (key == null)) {
      throw new InvalidInputException("--tls-cert and --tls-key must be given together");
    }
    if (!insecure && !tokens().required() && !loopback()) {
      throw new InvalidInputException(
          "--host %s lets others in than this machine: give them a token by --token-file or %s, or --insecure to take requests of everybody"
              .formatted(host, VARIABLE));
    }
    return new ServerOptions(
        host,
        Parse.whole("--port", port, 0, 65_535),
        certificate,
        key,
        seconds("--grace", grace, 0));
  }

  private static Duration seconds(String option, String text, int least) {
    return Duration.ofSeconds(Parse.whole(option, text, least, LONGEST_SECONDS));
  }

  private BearerTokens tokens() {
    if (tokenFile != null) {
      return BearerTokens.read(tokenFile);
    }
    String variable = System.getenv(VARIABLE);
    return variable == null || variable.isBlank()
        ? BearerTokens.none()
        : BearerTokens.of(List.of(variable.strip()));
  }

  private boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InvalidInputException("--host must be an address of this machine, got " + host, e);
    }
  }
}

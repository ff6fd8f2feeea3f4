package dev.quicklime.cli.serve;

import dev.quicklime.Environment;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.serve.ring.RingServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Explains for functions of other processes until it is told to end. */
@Command(
    name = "callback",
    description = {
      "Explains for classifiers that are functions of another process, until it is told to end.",
      "The Python client starts it for LimeImageExplainer; docs/service.md says what it speaks."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    usageHelpWidth = 100)
public final class CallbackCommand implements Callable<Integer> {

  @Option(
      names = "--socket",
      required = true,
      paramLabel = "FILE",
      description =
          "The Unix-domain socket to make and listen on, in a folder that nobody else may enter.")
  private Path socket = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    try (RingServer _ = RingServer.start(socket)) {
      TimeLine.reached("the server listens");
      Thread.ofPlatform().daemon().name("warm-up").start(Environment::warmUpKernels);
      // Until a signal ends the process.
      new CountDownLatch(1).await();
    }
    return ExitCode.OK;
  }
}

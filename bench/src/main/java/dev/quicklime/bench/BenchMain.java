package dev.quicklime.bench;

import dev.quicklime.cli.Main;
import dev.quicklime.cli.run.Stderr;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;

/** The {@code quicklime} command with {@code bench} added to it. */
public final class BenchMain {

  private BenchMain() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) throws IOException {
    if (args.length > 1 && args[0].equals("bench") && args[1].equals("--")) {
      Stderr.restore(Integer.getInteger("dev.quicklime.stderr"));
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 2, args.length));
      return;
    }
    Main.end(commandLine(), args);
  }

  static CommandLine commandLine() {
    return Main.commandLine(new BenchCommand());
  }
}

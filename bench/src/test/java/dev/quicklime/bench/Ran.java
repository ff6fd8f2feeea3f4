package dev.quicklime.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command did. */
public record Ran(int code, String out, String err) {

  /** Runs a command. */
  public static Ran command(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = BenchMain.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(args);
    return new Ran(code, out.toString(), err.toString());
  }
}

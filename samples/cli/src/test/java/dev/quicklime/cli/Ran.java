package dev.quicklime.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** What a command did. */
public record Ran(int code, String out, String err) {

  public static Ran command(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(args);
    return new Ran(code, out.toString(), err.toString());
  }

  public List<String> errors() {
    return err.lines().toList();
  }
}

package dev.quicklime.cli.run;

import dev.quicklime.report.text.Visible;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Shows what would act on a terminal, in place of letting it: whatever command prints a name, none
 * can give orders to whom it is printed for. For one thread.
 */
public final class TerminalWriter extends PrintWriter {

  private final PrintWriter raw;

  private TerminalWriter(PrintWriter raw) {
    super(new Shown(raw), true);
    this.raw = raw;
  }

  /** Runs the command that was asked for, so that it prints by way of such writers. */
  public static int execute(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    CommandLine root = parsed.commandSpec().root().commandLine();
    root.setOut(over(root.getOut()));
    root.setErr(over(root.getErr()));
    try {
      return new RunLast().execute(parsed);
    } finally {
      root.getOut().flush();
      root.getErr().flush();
    }
  }

  private static PrintWriter over(PrintWriter writer) {
    return writer instanceof TerminalWriter ? writer : new TerminalWriter(writer);
  }

  /** What is underneath, for texts with colours that hold no name of anybody's. */
  public static PrintWriter raw(PrintWriter writer) {
    return writer instanceof TerminalWriter terminal ? terminal.raw : writer;
  }

  private static final class Shown extends FilterWriter {

    Shown(Writer out) {
      super(out);
    }

    @Override
    public void write(int c) throws IOException {
      out.write(Visible.text(String.valueOf((char) c)));
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      out.write(Visible.text(new String(text, offset, length)));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      out.write(Visible.text(text.substring(offset, offset + length)));
    }
  }
}

package dev.quicklime.cli.run;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.report.text.Visible;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what a command throws into an exit code and, on stderr, one line for what the user can mend
 * or the chain of causes for everything else.
 *
 * @param debug whether the stack trace is shown too
 */
public record Failures(boolean debug)
    implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** What a shell says of a program that Ctrl-C has ended. */
  public static final int INTERRUPTED = 130;

  /** Shows stack traces where the JVM was started so. */
  public static Failures configured() {
    return new Failures(Boolean.getBoolean("dev.quicklime.debug"));
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    return report(e, e.getCommandLine());
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, @Nullable ParseResult parsed) {
    return report(e, command);
  }

  /** Says what went wrong; the exit code. */
  public int report(Exception e, CommandLine command) {
    if (e instanceof CancellationException || Interruption.isUnderWay()) {
      return INTERRUPTED;
    }
    PrintWriter err = command.getErr();
    String noRoom = NoRoom.line(e, command);
    if (noRoom != null) {
      err.println("quicklime: " + noRoom);
      if (debug) {
        e.printStackTrace(err);
      }
      err.flush();
      return ExitCode.USAGE;
    }
    boolean ofUser = ofUser(e);
    err.println("quicklime: " + line(e));
    if (!ofUser) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        err.println("  caused by " + line(cause));
      }
    }
    if (debug) {
      e.printStackTrace(err);
    } else if (!ofUser) {
      err.println("  QUICKLIME_DEBUG=1 shows the stack trace");
    }
    err.flush();
    return ofUser ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /**
   * Says what picocli lets through: errors of memory or linkage for instance. Where a class could
   * not be set up as the user had asked for it, that is what went wrong.
   */
  public int report(Error e, CommandLine command) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException asked) {
        return report(asked, command);
      }
    }
    return report(new IllegalStateException("the JVM could not go on", e), command);
  }

  /** Says what went wrong with each of several; the exit code of the worst. */
  public static int reportAll(List<Exception> failures, CommandLine command) {
    int code = ExitCode.OK;
    for (Exception failure : failures) {
      int own = configured().report(failure, command);
      code = code == ExitCode.SOFTWARE ? code : own;
    }
    return code;
  }

  private static boolean ofUser(Exception e) {
    return e instanceof ParameterException
        || e instanceof InvalidInputException
        || e instanceof QuicklimeException
        || e instanceof FileSystemException
        || (e instanceof UncheckedIOException && e.getCause() instanceof FileSystemException);
  }

  /** One line, whatever names it holds. */
  private static String line(Throwable e) {
    return Visible.line(said(e));
  }

  private static String said(Throwable e) {
    String said = e.getMessage() == null ? "" : e.getMessage().strip();
    return switch (e) {
      case NoSuchFileException file -> file.getFile() + ": there is no such file";
      case AccessDeniedException file -> file.getFile() + ": may not be read or written";
      case FileAlreadyExistsException file -> alreadyThere(file.getFile());
      case NotDirectoryException file -> file.getFile() + " must be a folder";
      case ParameterException _,
          InvalidInputException _,
          QuicklimeException _,
          FileSystemException _,
          UncheckedIOException _
          when !said.isEmpty() ->
          said + hint(e) + help(e);
      default -> e.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said);
    };
  }

  private static String alreadyThere(String file) {
    return Files.exists(Path.of(file))
        ? file + " is there already, and no folder"
        : file + " is a link to nothing that is there";
  }

  /** Where a name was misspelt, those that it may have meant. */
  private static String hint(Throwable e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getSuggestions().isEmpty()) {
      return "";
    }
    return "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
  }

  /** Where the command line itself could not be read, what lists all that it may hold. */
  private static String help(Throwable e) {
    if (!(e instanceof ParameterException wrong)
        || (wrong.getClass() == ParameterException.class && wrong.getArgSpec() == null)) {
      return "";
    }
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    return " (%s --help lists all %s)"
        .formatted(
            command.qualifiedName(),
            e instanceof UnmatchedArgumentException unmatched
                    && !unmatched.isUnknownOption()
                    && !command.subcommands().isEmpty()
                ? "commands"
                : "options");
  }
}

package dev.quicklime.cli.run;

import dev.quicklime.Environment;
import picocli.CommandLine.IVersionProvider;

/** The version as commands print it. */
public final class CommandVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"quicklime " + Environment.version()};
  }
}

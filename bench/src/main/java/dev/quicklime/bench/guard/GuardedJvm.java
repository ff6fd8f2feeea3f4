package dev.quicklime.bench.guard;

import dev.quicklime.Environment;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JVM in which everything is measured. It takes a plan from stdin and ends with stdin. */
final class GuardedJvm {

  private GuardedJvm() {}

  public static void main(String[] args) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(out);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line == null) {
      throw new IOException("there is no plan on stdin");
    }
    Plan plan = Wire.read(line, Plan.class);
    Thread.ofPlatform().daemon().name("guard-watch").start(() -> endWith(in));
    MachineClass machine = MachineClass.here();
    List<Course> courses =
        new Session(plan, machine, (done, total) -> out.println(Wire.PROGRESS + done + " " + total))
            .run();
    out.println(Wire.FINDINGS + Wire.write(new Findings(machine, description(machine), courses)));
    System.exit(0);
  }

  private static String description(MachineClass machine) {
    return "%s (%s), %s kernels, JDK %s, %s processors"
        .formatted(
            Environment.cpu(),
            machine.word(),
            Environment.kernels(),
            Runtime.version(),
            Environment.cores());
  }

  /** Whoever started this JVM is gone when there is nothing more to read. */
  private static void endWith(BufferedReader in) {
    try {
      while (in.readLine() != null) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(1);
  }
}

package dev.quicklime.spark.doctor;

import dev.quicklime.cli.doctor.Finding;
import java.io.Serial;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkEnv;

/**
 * What a process found on itself.
 *
 * @param executor its id, {@code driver} for the process that plans
 * @param address host and port by which other executors know it
 * @param host that it runs on, by its own name
 * @param process its number there
 * @param findings part by part
 */
record ExecutorAnswer(
    String executor, String address, String host, long process, ArrayList<Finding> findings)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  ExecutorAnswer {
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(host, "host");
    findings = new ArrayList<>(findings);
  }

  /** This process, examined at the first call. */
  static ExecutorAnswer here() {
    return new ExecutorAnswer(
        SparkEnv.get().executorId(),
        hereAddress(),
        hostName(),
        ProcessHandle.current().pid(),
        new ArrayList<>(ExecutorExamination.here()));
  }

  static String hereAddress() {
    return SparkEnv.get().blockManager().blockManagerId().hostPort();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return SparkEnv.get().blockManager().blockManagerId().host();
    }
  }

  List<Finding> missing() {
    return findings.stream().filter(finding -> finding.state() == Finding.State.MISSING).toList();
  }

  /** What a part was found to be, or nothing where it was not looked at. */
  String detail(String part) {
    return findings.stream()
        .filter(finding -> finding.part().equals(part))
        .map(Finding::detail)
        .findFirst()
        .orElse("");
  }

  /** Whether it is as another but for figures that differ between any two processes. */
  boolean like(ExecutorAnswer other) {
    return comparable().equals(other.comparable());
  }

  private List<Finding> comparable() {
    return findings.stream()
        .map(
            finding ->
                ExecutorExamination.OWN.contains(finding.part())
                    ? new Finding(finding.state(), finding.part(), "")
                    : finding)
        .toList();
  }
}

package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReportBenchmarkTest {

  /** Files of a report, page included, in times of its figures as the JDK encodes them. */
  private static final double MOST_BYTES = 2.5;

  @Test
  void shouldWriteAReportOfNotManyMoreBytesThanItsFigures() throws IOException {
    ReportBenchmark benchmark = new ReportBenchmark();
    benchmark.prepare(new Announcement(), new Libtorch());
    try {
      long bytes = benchmark.bytes();
      double ratio = bytes / (double) benchmark.encode();
      assertTrue(ratio <= MOST_BYTES, () -> ratio + " times, " + bytes + " bytes");
      benchmark.write();
      assertEquals(bytes, benchmark.bytes(), "bytes of the report written again");
    } finally {
      benchmark.delete();
    }
  }
}

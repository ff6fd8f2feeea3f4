package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.spark.doctor.SparkDoctor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorOfOneProcessTest {

  @TempDir Path folder;

  @Test
  void shouldExamineTheProcessThatDrivesAndExecutes() {
    SparkSession spark = LocalSpark.start(folder);
    try {
      StringWriter out = new StringWriter();
      CommandLine doctor = new CommandLine(new SparkDoctor());
      doctor.setOut(new PrintWriter(out));
      int code = doctor.execute();
      String text = out.toString();
      assertEquals(0, code, text);
      assertTrue(text.contains("local[2]"), text);
      assertTrue(text.contains("driver, "), text);
      assertFalse(text.contains("executor "), text);
      for (String part : new String[] {"OpenCV", "libtorch", "ONNX Runtime", "Memory", "Files"}) {
        assertTrue(text.contains("ok       " + part), text);
      }
      assertTrue(text.contains("Nothing is missing on 1 executors."), text);
    } finally {
      spark.stop();
    }
  }
}

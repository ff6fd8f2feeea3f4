package dev.quicklime.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions in this process. */
final class LocalSpark {

  private LocalSpark() {}

  /** A session of two threads; Spark has one at a time in a process. */
  static SparkSession start(Path folder) {
    return SparkSession.builder()
        .master("local[2]")
        .appName("quicklime")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
        .config("spark.local.dir", folder.resolve("scratch").toString())
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }
}

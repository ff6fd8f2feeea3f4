import org.apache.spark.sql.SparkSession;

/**
 * A session of this machine.
 *
 * @param session that is open
 */
record Sessions(SparkSession session) implements AutoCloseable {

  static Sessions open(String master) {
    return new Sessions(
        SparkSession.builder()
            .master(master)
            .appName("quicklime")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "1g")
            .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
            .config("spark.executor.extraClassPath", System.getProperty("quicklime.ours", ""))
            .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
            .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "180s")
            .getOrCreate());
  }

  @Override
  public void close() {
    session.stop();
  }
}

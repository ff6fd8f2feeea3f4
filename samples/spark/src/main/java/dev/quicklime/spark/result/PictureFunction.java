package dev.quicklime.spark.result;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.design.ContentSeed;
import dev.quicklime.image.Image;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.executor.KilledTask;
import dev.quicklime.spark.shipping.Sha256;
import java.io.Serial;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Explains a picture where a task runs. What is wrong with the picture, or with what the model
 * makes of it, becomes a row; a model that cannot be opened ends the task.
 *
 * @param spec how pictures are explained
 */
public record PictureFunction(ExplainSpec spec) implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  public PictureFunction {
    Objects.requireNonNull(spec, "spec");
  }

  /**
   * The rows of a picture.
   *
   * @param path what it is called, or null where it has no name
   * @param file its bytes, or null where there are none
   * @throws QuicklimeException if the model cannot be opened
   * @throws CancellationException if the task was killed
   */
  public List<Row> rows(@Nullable String path, byte @Nullable [] file) {
    if (file == null) {
      return List.of(
          ResultRows.failed(
              path, null, spec.run(), "content must be the bytes of a picture, got null"));
    }
    byte[] digest = Sha256.of(file);
    String content = HexFormat.of().formatHex(digest);
    String name = path == null ? content : path;
    try (Explainers.Lease lease = Explainers.lease(spec)) {
      return explained(lease, name, file, digest);
    }
  }

  private List<Row> explained(Explainers.Lease lease, String name, byte[] file, byte[] digest) {
    String content = HexFormat.of().formatHex(digest);
    try {
      ExplainOptions options = options(lease, digest);
      Image picture = Image.decode(file, options.limits());
      Explanation explanation = lease.explainer().explain(picture, options, KilledTask.progress());
      return ResultRows.of(name, content, spec.run(), explanation);
    } catch (InvalidInputException e) {
      return failed(name, content, said(e));
    } catch (OutOfMemoryError e) {
      return failed(
          name,
          content,
          "needs more memory than an executor has: raise spark.executor.memory, or lower samples");
    } catch (QuicklimeException e) {
      return failed(name, content, String.valueOf(e.getMessage()));
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      return failed(name, content, "could not be explained: " + e);
    }
  }

  /**
   * The options for a picture.
   *
   * @param digest of its bytes
   */
  public static ExplainOptions options(Explainers.Lease lease, byte[] digest) {
    ExplainOptions options = lease.chosen().options();
    return lease.chosen().contentSeed() ? options.withSeed(ContentSeed.ofDigest(digest)) : options;
  }

  /** What is wrong with a picture, without its name, which rows have beside it. */
  public static String said(RuntimeException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^the picture: ", "");
  }

  private List<Row> failed(String path, String content, String error) {
    return List.of(ResultRows.failed(path, content, spec.run(), error));
  }
}

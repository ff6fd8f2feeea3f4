package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamModel;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's gradients come from: loaded once, when they are asked for first, as most requests
 * do without. Owns what it loaded until it is closed; for all threads.
 */
public final class GradCamSource implements AutoCloseable {

  private final @Nullable Supplier<CamModel> loader;
  private @Nullable CamModel loaded;
  private @Nullable String refusal;

  private GradCamSource(@Nullable Supplier<CamModel> loader, @Nullable String refusal) {
    this.loader = loader;
    this.refusal = refusal;
  }

  /** A model has none. */
  public static GradCamSource none() {
    return new GradCamSource(null, "this model is served without gradients");
  }

  /**
   * Loads a model when it is needed.
   *
   * @param loader may refuse the model by an {@link InvalidInputException} or a {@link
   *     QuicklimeException}, and is not asked again then
   */
  public static GradCamSource of(Supplier<CamModel> loader) {
    return new GradCamSource(Objects.requireNonNull(loader, "loader"), null);
  }

  /**
   * The model.
   *
   * @throws InvalidInputException with the reason if it has no gradients
   */
  synchronized CamModel get() {
    CamModel known = loaded;
    if (known != null) {
      return known;
    }
    if (refusal == null && loader != null) {
      try {
        CamModel fresh = loader.get();
        loaded = fresh;
        return fresh;
      } catch (QuicklimeException | InvalidInputException e) {
        refusal = String.valueOf(e.getMessage());
      }
    }
    throw new InvalidInputException("parameters.include cannot have gradcam: " + refusal);
  }

  @Override
  public synchronized void close() {
    CamModel model = loaded;
    loaded = null;
    refusal = "the service has ended";
    if (model != null) {
      model.close();
    }
  }
}

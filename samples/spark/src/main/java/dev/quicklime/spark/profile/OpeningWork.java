package dev.quicklime.spark.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.profile.ProfileFolder;
import dev.quicklime.profile.ReferenceScorer;
import dev.quicklime.spark.executor.Explainers;
import java.io.Serial;
import java.io.Serializable;

/**
 * Opens the model where tasks will need it, which tells what is wrong with it before anything is
 * measured.
 *
 * @param spec of the profile
 */
record OpeningWork(ProfileSpec spec) implements Work<ShippedPicture, OpeningWork.Opened> {

  @Serial private static final long serialVersionUID = 1;

  /**
   * What is known of the model then.
   *
   * @param batch pictures that it scores at once
   * @param provenance what it is, and what it runs on, as JSON
   */
  record Opened(int batch, String provenance) implements Serializable {

    @Serial private static final long serialVersionUID = 1;
  }

  @Override
  public Opened of(ShippedPicture first) {
    try (Explainers.Lease lease = Explainers.lease(spec.explain())) {
      look(lease, first);
      return new Opened(
          lease.explainer().classifier().batchSize(),
          new JsonMapper()
              .writeValueAsString(ProfileFolder.provenance(lease.explainer().classifier().info())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every tree is JSON", e);
    }
  }

  /** A model may settle its batch at its first picture. */
  private void look(Explainers.Lease lease, ShippedPicture first) {
    try (ReferenceScorer _ =
        ReferenceScorer.of(lease.explainer(), first.open(), spec.plan().options())) {
      // Looking is all.
    } catch (InvalidInputException e) {
      // What is wrong with a picture is told when its turn comes.
    }
  }
}

package dev.quicklime.serve.remote;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a predictor takes and gives, once that is known.
 *
 * @param format of a picture
 * @param type numbers on their way
 * @param batch pictures that are handed over at once
 * @param exact whether there must always be as many
 * @param name the input tensor, or the field of an instance; null for none
 * @param output the tensor or field of the scores, null for the only one
 * @param binary whether numbers go and come in bytes
 * @param decisions what it says that was asked for otherwise, one sentence each
 */
record RemoteInput(
    BatchFormat format,
    TensorType type,
    int batch,
    boolean exact,
    @Nullable String name,
    @Nullable String output,
    boolean binary,
    List<String> decisions) {

  RemoteInput {
    decisions = List.copyOf(decisions);
  }

  /** How many pictures are sent for so many rows. */
  int sent(int rows) {
    return exact ? batch : rows;
  }

  /** Sizes of a picture, the slowest first. */
  List<Integer> sizes() {
    int channels = format.preprocessing().channels();
    int height = format.preprocessing().height();
    int width = format.preprocessing().width();
    return format.layout() == Layout.NCHW
        ? List.of(channels, height, width)
        : List.of(height, width, channels);
  }
}

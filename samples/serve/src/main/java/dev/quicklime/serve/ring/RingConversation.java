package dev.quicklime.serve.ring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.PictureScorer;
import dev.quicklime.QuicklimeException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.model.Labels;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.segment.Slic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * What one peer asks for, in its order: to map a file, to divide a picture, to take samples of it
 * through the peer's function, to fit them. Every request has one answer. For one thread.
 */
final class RingConversation implements AutoCloseable {

  private static final int MOST_SIDE = 16384;

  /** Samples and superpixels of one run; what arrays hold is checked by whoever makes them. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final FrameChannel channel;
  private @Nullable Ring ring;
  private @Nullable RingSamples samples;

  RingConversation(FrameChannel channel) {
    this.channel = channel;
  }

  /**
   * Answers until the peer ends.
   *
   * @throws IOException if the peer breaks off or sends no messages
   */
  void run() throws IOException {
    for (RingFrame asked = channel.read(); asked != null; asked = channel.read()) {
      try {
        answer(asked);
      } catch (PeerStoppedException e) {
        channel.write(FrameChannel.head().put("stopped", true));
      } catch (InvalidInputException e) {
        refuse("invalid", String.valueOf(e.getMessage()));
      } catch (QuicklimeException e) {
        refuse("failed", String.valueOf(e.getMessage()));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (RuntimeException | OutOfMemoryError e) {
        refuse("failed", e.toString());
      }
    }
  }

  private void refuse(String kind, String message) throws IOException {
    channel.write(FrameChannel.head().put("error", kind).put("message", message));
  }

  private void answer(RingFrame asked) throws IOException {
    String request = asked.text("do");
    switch (request) {
      case "map" -> map(Path.of(asked.text("file")));
      case "segment" -> segment(asked);
      case "sample" -> sample(asked);
      case "fit" -> {
        if (samples == null) {
          throw new InvalidInputException("samples must be scored before they are fitted");
        }
        samples.fit(asked, channel);
      }
      default ->
          throw new InvalidInputException("do must be map, segment, sample or fit, got " + request);
    }
  }

  private void map(Path file) throws IOException {
    if (ring != null) {
      ring.close();
      ring = null;
    }
    ring = Ring.map(file);
    channel.write(done());
  }

  private static ObjectNode done() {
    return FrameChannel.head().put("done", true);
  }

  private Ring ring() {
    if (ring == null) {
      throw new InvalidInputException("a file must be mapped before it is used");
    }
    return ring;
  }

  /** SLIC of a picture; its labels go into the mapping. */
  private void segment(RingFrame asked) throws IOException {
    SegmentMap map =
        Segmentation.segment(
            picture(asked, "picture"), Slic.of(asked.integer("segments", 2, MOST_SIDE)));
    ring().put(asked.number("labels", 0, Long.MAX_VALUE), map.labels());
    channel.write(done().put("superpixels", map.count()));
  }

  /** An element of any type is composed as its bytes, which come through as they are. */
  private Image picture(RingFrame asked, String field) {
    int width = asked.integer("width", 1, MOST_SIDE);
    int height = asked.integer("height", 1, MOST_SIDE);
    int channels = asked.integer("channels", 1, Image.MAX_CHANNELS);
    long bytes = (long) width * height * channels;
    if (bytes > MOST) {
      throw new InvalidInputException(
          "a picture must have at most %s bytes, got %s".formatted(MOST, bytes));
    }
    byte[] pixels = ring().bytes(asked.number(field, 0, Long.MAX_VALUE), (int) bytes);
    return Image.of8(width, height, channels, pixels);
  }

  private void sample(RingFrame asked) throws IOException {
    samples = null;
    Image picture = picture(asked, "picture");
    Image filled = picture(asked, "filled");
    int pixels = picture.width() * picture.height();
    SegmentMap segments =
        SegmentMap.of(
            picture.width(),
            picture.height(),
            ring().integers(asked.number("labels", 0, Long.MAX_VALUE), pixels));
    int rows = asked.integer("rows", 1, MOST);
    long words = rows * ((segments.count() + 63L) / Long.SIZE);
    if (words > MOST / Long.BYTES) {
      throw new InvalidInputException(
          "samples must be so few that their masks fit 2 GiB, got " + rows);
    }
    MaskMatrix masks = MaskMatrix.ofWords(rows, segments.count(), asked.words((int) words));
    int batch = asked.integer("batch", 1, MOST);
    long[] slots = asked.numbers("slots", 0, Long.MAX_VALUE);
    RingClassifier classifier = new RingClassifier(ring(), channel, format(picture), batch, slots);
    try (Explainer explainer = Explainer.of(classifier, Labels.none());
        PictureScorer scorer = explainer.scorer(Perturbation.of(picture, segments, filled))) {
      samples = new RingSamples(masks, scorer.score(masks, Progress.none()));
    }
    channel.write(done());
  }

  /** Bytes in their order, each of them as it is. */
  private static BatchFormat format(Image picture) {
    Preprocessing any =
        new Preprocessing(
            picture.width(),
            picture.height(),
            Resize.STRETCH,
            Collections.nCopies(picture.channels(), 0.0),
            Collections.nCopies(picture.channels(), 1.0),
            ChannelOrder.RGB);
    return new BatchFormat(any.withoutNormalization(), PixelType.UINT8, Layout.NHWC);
  }

  @Override
  public void close() {
    if (ring != null) {
      ring.close();
    }
  }
}

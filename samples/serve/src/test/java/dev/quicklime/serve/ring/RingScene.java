package dev.quicklime.serve.ring;

import dev.quicklime.design.MaskMatrix;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** A random picture with its fill and superpixels, and what composing it must give. */
final class RingScene {

  final int width;
  final int height;
  final int channels;
  final byte[] picture;
  final byte[] filled;
  final int[] labels;

  RingScene(int width, int height, int channels, int superpixels) {
    Random random = new Random(width * 31L + height);
    this.width = width;
    this.height = height;
    this.channels = channels;
    picture = new byte[width * height * channels];
    filled = new byte[picture.length];
    labels = new int[width * height];
    random.nextBytes(picture);
    random.nextBytes(filled);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i < superpixels ? i : random.nextInt(superpixels);
    }
  }

  void put(ByteBuffer memory) {
    memory.put(0, picture);
    memory.put(RingPeer.PART, filled);
    for (int i = 0; i < labels.length; i++) {
      memory.putInt(2 * RingPeer.PART + i * Integer.BYTES, labels[i]);
    }
  }

  byte[] composed(MaskMatrix masks, int row) {
    byte[] composed = new byte[picture.length];
    for (int i = 0; i < composed.length; i++) {
      composed[i] = masks.shown(row, labels[i / channels]) ? picture[i] : filled[i];
    }
    return composed;
  }

  /** Two classes of a picture's bytes. */
  static double[] brightness(List<byte[]> batch) {
    double[] scores = new double[2 * batch.size()];
    for (int row = 0; row < batch.size(); row++) {
      byte[] picture = batch.get(row);
      for (int i = 0; i < picture.length; i++) {
        scores[2 * row] += (picture[i] & 0xff) / 255.0;
        scores[2 * row + 1] += (picture[i] & 0xff) * (i % 7) / 2000.0;
      }
    }
    return scores;
  }
}

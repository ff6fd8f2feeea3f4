package dev.quicklime.design;

/** The masks of an {@link Exhaustive}: a row is its number, less one, in binary digits. */
final class CountedRows implements RowStream {

  private long next;

  @Override
  public int unit() {
    return 1;
  }

  @Override
  public void next(long[] words, int at, int count) {
    for (int i = 0; i < count; i++) {
      words[at + i] = next++;
    }
  }
}

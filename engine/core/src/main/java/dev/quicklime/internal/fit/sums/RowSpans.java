package dev.quicklime.internal.fit.sums;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which rows were taken, as spans apart from each other in ascending order. Immutable.
 *
 * @param spans none of them empty or next to another
 */
public record RowSpans(List<Span> spans) {

  /** Copies the list. */
  public RowSpans {
    spans = List.copyOf(spans);
  }

  /**
   * Some consecutive rows.
   *
   * @param from the first
   * @param to after the last
   */
  public record Span(int from, int to) {
    @Override
    public String toString() {
      return to == from + 1 ? "row " + from : "rows " + from + " to " + (to - 1);
    }
  }

  /** One span. */
  public static RowSpans of(int from, int to) {
    return new RowSpans(List.of(new Span(from, to)));
  }

  /** Rows that both have, the first of them; or nothing. */
  public List<Span> common(RowSpans other) {
    for (Span own : spans) {
      for (Span theirs : other.spans) {
        int from = Math.max(own.from, theirs.from);
        int to = Math.min(own.to, theirs.to);
        if (from < to) {
          return List.of(new Span(from, to));
        }
      }
    }
    return List.of();
  }

  /** The rows of either, which have none in common. */
  public RowSpans plus(RowSpans other) {
    List<Span> all = new ArrayList<>(spans);
    all.addAll(other.spans);
    all.sort(Comparator.comparingInt(Span::from));
    List<Span> merged = new ArrayList<>();
    for (Span span : all) {
      if (!merged.isEmpty() && merged.getLast().to == span.from) {
        merged.set(merged.size() - 1, new Span(merged.getLast().from, span.to));
      } else {
        merged.add(span);
      }
    }
    return new RowSpans(merged);
  }

  /** Which of the first rows are missing. */
  public RowSpans missing(int rows) {
    List<Span> gaps = new ArrayList<>();
    int next = 0;
    for (Span span : spans) {
      if (span.from > next) {
        gaps.add(new Span(next, span.from));
      }
      next = span.to;
    }
    if (next < rows) {
      gaps.add(new Span(next, rows));
    }
    return new RowSpans(gaps);
  }

  /** Writes what {@link #read} needs. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(spans.size());
    for (Span span : spans) {
      out.writeInt(span.from);
      out.writeInt(span.to);
    }
  }

  /** What {@link #write} wrote. */
  public static RowSpans read(DataInput in) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      spans.add(new Span(in.readInt(), in.readInt()));
    }
    return new RowSpans(spans);
  }
}

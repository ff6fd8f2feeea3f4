package dev.quicklime.torch.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be in the pickle of a checkpoint. Only {@link Dict} and {@link Sequence} grow. */
sealed interface Pickled {

  /** None, a truth value, a number or a text. */
  enum Constant implements Pickled {
    NONE,
    TRUE,
    FALSE
  }

  /** A whole number. */
  record Whole(long value) implements Pickled {}

  /** A number with a fraction. */
  record Fraction(double value) implements Pickled {}

  /** A text. */
  record Text(String value) implements Pickled {}

  /** A tuple. */
  record Tuple(List<Pickled> items) implements Pickled {
    public Tuple {
      items = List.copyOf(items);
    }
  }

  /** A list. */
  final class Sequence implements Pickled {
    private final List<Pickled> items = new ArrayList<>();

    List<Pickled> items() {
      return items;
    }
  }

  /** A dict with its texts for keys; other keys belong to an optimizer. */
  final class Dict implements Pickled {
    private final Map<String, Pickled> items = new LinkedHashMap<>();

    Map<String, Pickled> items() {
      return items;
    }
  }

  /** One of the few things of Python that may be named. */
  enum Global implements Pickled {
    ORDERED_DICT,
    REBUILD_TENSOR,
    REBUILD_PARAMETER,
    REBUILD_PARAMETER_WITH_STATE
  }

  /**
   * A class or function of the few that checkpoints keep notes with. It is not run; what it would
   * make is {@link Note}.
   */
  record NoteType(String name) implements Pickled {}

  /** Settings, dates of training and the like: there, but nobody asks what they are. */
  record Note() implements Pickled {}

  /** The type of a storage. */
  record StorageType(ElementType type) implements Pickled {}

  /**
   * The elements that tensors are views of.
   *
   * @param key its name in the archive
   * @param elements how many there are
   */
  record Storage(ElementType type, String key, long elements) implements Pickled {}

  /** A tensor. */
  record Tensor(Storage storage, View view) implements Pickled {}
}

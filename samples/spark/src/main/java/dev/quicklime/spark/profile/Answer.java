package dev.quicklime.spark.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a task gives back.
 *
 * @param <T> what it was to find
 * @param found what it was to find, or null if the picture did not let it
 * @param wrong what is wrong with the picture, or null
 */
record Answer<T extends Serializable>(@Nullable T found, @Nullable String wrong)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Finds something. What is wrong with a picture is no failure, which Spark would try again and
   * end the job by.
   *
   * @throws QuicklimeException if the model fails, or there is no room for it
   */
  static <T extends Serializable> Answer<T> to(Supplier<T> question) {
    try {
      return new Answer<>(question.get(), null);
    } catch (InvalidInputException e) {
      return new Answer<>(null, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      throw new QuicklimeException(
          "a profile needs more memory than an executor has: raise spark.executor.memory, or lower"
              + " the numbers of samples",
          e);
    }
  }

  /**
   * What was found.
   *
   * @throws InvalidInputException if something is wrong with the picture
   */
  T get() {
    if (wrong != null) {
      throw new InvalidInputException(wrong);
    }
    return Objects.requireNonNull(found, "found");
  }
}

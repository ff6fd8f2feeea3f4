package dev.quicklime.bench.guard;

import java.util.List;

/**
 * All rounds of one path.
 *
 * @param rounds at least 1
 * @param again whether these are from a second attempt, as the first one failed
 */
record Course(List<Round> rounds, boolean again) {

  /** Copies the rounds. */
  Course {
    rounds = List.copyOf(rounds);
  }
}

package dev.quicklime.bench.guard;

import dev.quicklime.bench.jmh.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one path within a second or so, and may therefore be compared.
 *
 * @param subject what is judged
 * @param yardstick what it is measured against
 * @param scalar the scalar twin, or null where there is none
 */
record Round(Reading subject, Reading yardstick, @Nullable Reading scalar) {}

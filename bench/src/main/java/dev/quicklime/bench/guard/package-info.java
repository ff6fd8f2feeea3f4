/**
 * The guard: judges a few paths by what they cost beside a yardstick, all measured in one JVM that
 * has compiled every one of them. The budgets are in {@code budgets.toml}. Everything here is plain
 * heap data but for that JVM, which ends before the guard does; one thread at a time.
 */
@NullMarked
package dev.quicklime.bench.guard;

import org.jspecify.annotations.NullMarked;

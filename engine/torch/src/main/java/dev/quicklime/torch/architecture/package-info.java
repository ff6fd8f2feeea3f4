/** Structures of networks as data, by the names that their authors gave them. Immutable values. */
@NullMarked
package dev.quicklime.torch.architecture;

import org.jspecify.annotations.NullMarked;

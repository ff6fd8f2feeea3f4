/**
 * From an architecture to the modules it is made of, and the file they are written to, which is
 * there whole or not at all. Native memory is held during one call; no two threads write to one
 * file.
 */
@NullMarked
package dev.quicklime.torch.internal.networks;

import org.jspecify.annotations.NullMarked;

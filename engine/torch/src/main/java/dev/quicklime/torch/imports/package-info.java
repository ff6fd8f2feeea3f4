/**
 * Turns trained weights into TorchScript files: which architectures are known, what each of their
 * tensors is called, and the file that comes out, which is there whole or not at all. Native memory
 * is held during one call; any thread may import, but no two to one file.
 */
@NullMarked
package dev.quicklime.torch.imports;

import org.jspecify.annotations.NullMarked;

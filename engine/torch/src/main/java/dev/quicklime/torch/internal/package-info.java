/**
 * libtorch. Nothing else in the engine uses its preset. Native objects live in a scope of one call,
 * but for the module itself, which its owner closes. Calls into one module are serialised.
 */
@NullMarked
package dev.quicklime.torch.internal;

import org.jspecify.annotations.NullMarked;

/**
 * The only users of ONNX Runtime's Java binding: its environment, sessions and what they return. A
 * session is owned by one small class that is closed once, cannot be used afterwards, and is not
 * freed while a pass uses it; tensors live within one call. Any thread may call; passes of one
 * session take turns.
 */
@NullMarked
package dev.quicklime.onnx.internal;

import org.jspecify.annotations.NullMarked;

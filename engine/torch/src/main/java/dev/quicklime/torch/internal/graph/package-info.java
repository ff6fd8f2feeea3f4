/**
 * What is read of the graphs of a TorchScript module, and changed in them before it runs: steps
 * that a trace wrote down as they are while a network learns, numbers and devices that were baked
 * in, the paths of modules. Native objects are the module's; used within the caller's scope, by one
 * thread.
 */
@NullMarked
package dev.quicklime.torch.internal.graph;

import org.jspecify.annotations.NullMarked;

/**
 * libtorch as a backend: TorchScript files and packages compiled by AOTInductor as classifiers,
 * rows of tables scored by either, replicas of a model on several devices, and what libtorch is and
 * where it runs. A classifier owns its module and the memory of its batches until it is closed, and
 * may be used by several threads at once, whose forward passes take turns.
 */
@NullMarked
package dev.quicklime.torch;

import org.jspecify.annotations.NullMarked;

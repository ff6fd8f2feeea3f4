/**
 * What a GPU is measured with, on a machine that has nothing but a driver: no JMH, whose forks want
 * a JDK. It calls libtorch's preset itself, as the yardstick must hold nothing of the engine's;
 * native memory lives in a scope of one measurement. For one thread.
 */
@NullMarked
package dev.quicklime.bench.gpu;

import org.jspecify.annotations.NullMarked;

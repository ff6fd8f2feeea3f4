/** Makes model files of trained weights. For one thread. */
@NullMarked
package dev.quicklime.cli.importing;

import org.jspecify.annotations.NullMarked;

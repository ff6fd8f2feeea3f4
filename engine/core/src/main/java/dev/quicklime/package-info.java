/** The facade: explain an image with a classifier. */
@NullMarked
package dev.quicklime;

import org.jspecify.annotations.NullMarked;

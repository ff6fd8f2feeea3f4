/** What the machine is called; everything else that is hidden lies in the packages below. */
@NullMarked
package dev.quicklime.internal;

import org.jspecify.annotations.NullMarked;

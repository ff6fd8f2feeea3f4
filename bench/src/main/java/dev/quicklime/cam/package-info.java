/**
 * What gradient-weighted class activation maps cost beside a forward pass. A benchmark's state owns
 * its models for the length of a trial; each is used by one thread.
 */
@NullMarked
package dev.quicklime.cam;

import org.jspecify.annotations.NullMarked;

/**
 * How requests and answers are written: KServe's V1, and V2, which is Open Inference. Bodies are
 * read from a stream, once, and what is wrong with one is said in one line that names the field.
 * Nothing here is shared between threads.
 */
@NullMarked
package dev.quicklime.serve.protocol;

import org.jspecify.annotations.NullMarked;

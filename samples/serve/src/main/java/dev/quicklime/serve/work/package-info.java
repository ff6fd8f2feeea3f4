/**
 * Who may work when: a fixed number of platform threads behind a bounded queue that is fair between
 * clients. What they work at is of no concern here. Everything public may be used by all threads.
 */
@NullMarked
package dev.quicklime.serve.work;

import org.jspecify.annotations.NullMarked;

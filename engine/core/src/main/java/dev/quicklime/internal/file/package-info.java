/**
 * Files as something that may be wrong: how much a file may ask for before it is believed, and what
 * runs leave behind that were killed. Nothing here holds anything open; all of it may be called
 * from any thread, a budget belongs to whoever reads.
 */
@NullMarked
package dev.quicklime.internal.file;

import org.jspecify.annotations.NullMarked;

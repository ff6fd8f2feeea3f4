/**
 * How the JVM was started: what of its options falls short, said once, and what JavaCPP reads of
 * them, set before its classes are loaded. Whoever loads native code goes through here first. Owns
 * no memory; may be used by any thread.
 */
@NullMarked
package dev.quicklime.internal.jvm;

import org.jspecify.annotations.NullMarked;

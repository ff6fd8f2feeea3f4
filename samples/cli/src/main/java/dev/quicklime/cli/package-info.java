/**
 * The {@code quicklime} command. Commands own what they open and close it before they return; each
 * runs on the main thread of a JVM that ends with it. What is public serves programs that add
 * commands of their own.
 */
@NullMarked
package dev.quicklime.cli;

import org.jspecify.annotations.NullMarked;

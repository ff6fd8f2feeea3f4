/**
 * Samples against fidelity: how far explanations from few samples of a picture are from a converged
 * one, for designs, numbers of samples and targets. A profile borrows its explainer's classifier
 * and is closed before it; one thread at a time may use it.
 */
@NullMarked
package dev.quicklime.profile;

import org.jspecify.annotations.NullMarked;

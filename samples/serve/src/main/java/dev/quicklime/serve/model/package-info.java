/**
 * What is asked of a model and what it answers, without a word of HTTP: pictures and rows as they
 * came, options read by whoever knows their names, predictions, explanations as JSON, and those
 * that are kept for the next one who asks the same; and forward passes that several share. May be
 * used by all threads.
 */
@NullMarked
package dev.quicklime.serve.model;

import org.jspecify.annotations.NullMarked;

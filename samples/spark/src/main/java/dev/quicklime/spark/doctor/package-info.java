/**
 * Examines the executors of an application: a task on each of them tries what explaining needs
 * there. Answers are plain data; nothing stays behind on an executor but the native code that was
 * loaded.
 */
@NullMarked
package dev.quicklime.spark.doctor;

import org.jspecify.annotations.NullMarked;

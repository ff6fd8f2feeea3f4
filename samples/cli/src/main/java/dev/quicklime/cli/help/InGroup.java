package dev.quicklime.cli.help;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says to which group of a command's help an option belongs, or those of a class that say nothing
 * themselves. picocli's own groups would change how options are read, and cannot hold mixins.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface InGroup {

  /** The group. */
  HelpGroup value();
}

package dev.quicklime.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Public and protected members, and supertypes, name no type that is hidden. */
final class NotShow extends ArchCondition<JavaClass> {
  private final Predicate<JavaClass> hidden;

  NotShow(String what, Predicate<JavaClass> hidden) {
    super("name no type of %s where callers see it", what);
    this.hidden = hidden;
  }

  /** Of libraries, by how the names of their packages begin. */
  static NotShow of(List<String> packages) {
    return new NotShow(
        String.valueOf(packages),
        type -> packages.stream().anyMatch(name -> type.getName().startsWith(name)));
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (!visible(type)) {
      return;
    }
    Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
        .flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
        .forEach(parent -> report(type.getName(), parent, events));
    for (JavaMember member : type.getMembers()) {
      if (visible(member)) {
        named(member).forEach(seen -> report(member.getFullName(), seen, events));
      }
    }
  }

  private static Set<JavaClass> named(JavaMember member) {
    Set<JavaClass> types = new LinkedHashSet<>();
    if (member instanceof JavaField field) {
      types.addAll(field.getType().getAllInvolvedRawTypes());
    } else if (member instanceof JavaCodeUnit code) {
      types.addAll(code.getReturnType().getAllInvolvedRawTypes());
      code.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
      types.addAll(code.getExceptionTypes());
    }
    return types;
  }

  private static boolean visible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(NotShow::visible).orElse(true);
  }

  private static boolean visible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private void report(String where, JavaClass seen, ConditionEvents events) {
    JavaClass type = seen.getBaseComponentType();
    if (hidden.test(type)) {
      events.add(SimpleConditionEvent.violated(seen, where + " shows " + type.getName()));
    }
  }
}

package dev.quicklime.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;

/** No class whose name begins so is used. */
final class NotUse extends ArchCondition<JavaClass> {
  private final List<String> forbidden;

  NotUse(List<String> forbidden) {
    super("use nothing of %s", forbidden);
    this.forbidden = forbidden;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (Dependency use : type.getDirectDependenciesFromSelf()) {
      String name = use.getTargetClass().getBaseComponentType().getName();
      forbidden.stream()
          .filter(name::startsWith)
          .forEach(library -> events.add(Product.violated(use, library)));
    }
  }
}

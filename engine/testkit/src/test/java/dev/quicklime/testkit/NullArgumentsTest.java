package dev.quicklime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.files.StoredRun;
import dev.quicklime.model.Classifier;
import dev.quicklime.torch.Models;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is missing is refused at the border, by its name, before anything is done. */
class NullArgumentsTest {
  /** Rules over nothing always hold: raise this with the engine. */
  private static final int LEAST_ARGUMENTS = 300;

  private static final String IDENTIFIER = "[a-z]\\w*";

  @ParameterizedTest
  @ValueSource(classes = {Classifier.class, StoredRun.class, Models.class})
  void shouldRefuseEveryMissingArgumentByItsName(Class<?> ofModule) throws Exception {
    List<String> faults = new ArrayList<>();
    for (Class<?> type : PublicTypes.beside(ofModule)) {
      for (Executable executable : borders(type)) {
        for (int i = 0; i < executable.getParameterCount(); i++) {
          if (mustBeThere(executable, i)) {
            check(executable, i, faults);
          }
        }
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void shouldHaveAskedForManyArguments() throws Exception {
    int count = 0;
    for (Class<?> module : List.of(Classifier.class, StoredRun.class, Models.class)) {
      for (Class<?> type : PublicTypes.beside(module)) {
        for (Executable executable : borders(type)) {
          for (int i = 0; i < executable.getParameterCount(); i++) {
            count += mustBeThere(executable, i) ? 1 : 0;
          }
        }
      }
    }
    assertTrue(count >= LEAST_ARGUMENTS, "only " + count + " arguments");
  }

  /** Public constructors, static methods, and the methods that change one thing of a value. */
  private static List<Executable> borders(Class<?> type) {
    if (Throwable.class.isAssignableFrom(type)) {
      return List.of();
    }
    Stream<Executable> constructors =
        Modifier.isAbstract(type.getModifiers())
            ? Stream.of()
            : Arrays.stream(type.getConstructors());
    Stream<Method> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .filter(method -> !type.isEnum() && !method.getName().equals("main"))
            .filter(
                method ->
                    Modifier.isStatic(method.getModifiers())
                        || (method.getName().matches("with[A-Z].*") && !type.isInterface()));
    return Stream.concat(constructors, methods).toList();
  }

  private static boolean mustBeThere(Executable executable, int index) {
    return !executable.getParameterTypes()[index].isPrimitive()
        && !executable.getAnnotatedParameterTypes()[index].isAnnotationPresent(Nullable.class);
  }

  private static void check(Executable executable, int missing, List<String> faults)
      throws Exception {
    Parameter parameter = executable.getParameters()[missing];
    String where =
        "%s.%s(… %s …)"
            .formatted(
                executable.getDeclaringClass().getName(),
                executable.getName(),
                parameter.getName());
    Class<?>[] types = executable.getParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = i == missing ? null : Stand.in(types[i]);
    }
    try {
      if (executable instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else if (executable instanceof Method method) {
        boolean bound = !Modifier.isStatic(method.getModifiers());
        method.invoke(bound ? Stand.in(method.getDeclaringClass()) : null, arguments);
      }
      faults.add(where + " returned");
    } catch (InvocationTargetException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      String message = String.valueOf(cause.getMessage());
      // The methods with… end in a constructor, which calls the argument by its own name.
      boolean named =
          (executable.getName().startsWith("with") || !parameter.isNamePresent())
              ? message.matches(IDENTIFIER)
              : message.equals(parameter.getName());
      if (!(cause instanceof NullPointerException) || !named) {
        faults.add(where + " threw " + cause);
      }
    }
  }
}

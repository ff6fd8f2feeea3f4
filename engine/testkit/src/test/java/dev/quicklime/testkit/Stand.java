package dev.quicklime.testkit;

import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something of a type, for an argument that is there but is not looked at. */
final class Stand {
  private static final List<Object> KNOWN =
      List.of(
          false,
          (byte) 1,
          'x',
          (short) 1,
          1,
          1L,
          1f,
          1.0,
          "x",
          Path.of("no such file"),
          List.of(),
          Set.of(),
          Map.of(),
          MemorySegment.ofArray(new byte[1]),
          ByteBuffer.allocate(1),
          new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));

  private Stand() {}

  /** One that was made the usual way where that is easy, else one that no constructor has seen. */
  static Object in(Class<?> type) throws Exception {
    Class<?> boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    for (Object known : KNOWN) {
      if (boxed.isInstance(known)) {
        return known;
      }
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isSealed()) {
      return in(type.getPermittedSubclasses()[0]);
    }
    if (type.isInterface()) {
      return Proxy.newProxyInstance(
          type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> null);
    }
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && method.getReturnType() == type) {
        return method.invoke(null);
      }
    }
    if (type.isRecord()) {
      try {
        return made(type.getConstructors()[0]);
      } catch (InvocationTargetException _) {
        // It wants better arguments.
      }
    }
    return unmade(type);
  }

  private static Object made(Constructor<?> constructor) throws Exception {
    Object[] arguments = new Object[constructor.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = in(constructor.getParameterTypes()[i]);
    }
    return constructor.newInstance(arguments);
  }

  /** As deserialisation makes them. */
  private static Object unmade(Class<?> type) throws Exception {
    Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
    Object instance = factory.getMethod("getReflectionFactory").invoke(null);
    Constructor<?> maker =
        (Constructor<?>)
            factory
                .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(instance, type, Object.class.getConstructor());
    return maker.newInstance();
  }
}

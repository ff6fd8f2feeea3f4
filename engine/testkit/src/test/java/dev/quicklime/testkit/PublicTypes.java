package dev.quicklime.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The public types of a module outside its internal packages. */
final class PublicTypes {
  private static final String ENDING = ".class";

  private PublicTypes() {}

  /** Those that lie where one of them lies, a folder or a jar. */
  static List<Class<?>> beside(Class<?> one)
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return under(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return under(jar.getPath("/"));
    }
  }

  private static List<Class<?>> under(Path root) throws IOException, ClassNotFoundException {
    List<String> names;
    try (Stream<Path> files = Files.walk(root)) {
      names =
          files
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .filter(name -> name.endsWith(ENDING) && name.startsWith("dev/quicklime/"))
              .filter(name -> !name.contains("/internal/") && !name.endsWith("-info" + ENDING))
              .map(name -> name.substring(0, name.length() - ENDING.length()).replace('/', '.'))
              .sorted()
              .toList();
    }
    List<Class<?>> types = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, PublicTypes.class.getClassLoader());
      if (isPublic(type) && !type.isAnonymousClass()) {
        types.add(type);
      }
    }
    return types;
  }

  private static boolean isPublic(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      if (!java.lang.reflect.Modifier.isPublic(outer.getModifiers())) {
        return false;
      }
    }
    return true;
  }
}

package dev.quicklime.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A module of the build with main sources, found on the disk by its pom. */
record Module(String name, Path folder) {
  private static final Path ROOT = root();

  /** The modules whose classes the rules are about: the libraries, the command and its scenes. */
  static final List<Module> PRODUCT = product();

  /** Every module with main sources. */
  static List<Module> all() {
    List<Module> found = new ArrayList<>();
    found.addAll(in(ROOT));
    found.addAll(in(ROOT.resolve("engine")));
    found.addAll(in(ROOT.resolve("samples")));
    return List.copyOf(found);
  }

  /** The module whose class folder a class was read from, if it is one of the product. */
  static Optional<Module> of(JavaClass type) {
    return type.getSource()
        .filter(source -> "file".equals(source.getUri().getScheme()))
        .map(source -> Path.of(source.getUri()))
        .flatMap(
            file ->
                PRODUCT.stream().filter(module -> file.startsWith(module.classes())).findFirst());
  }

  Path sources() {
    return folder.resolve("src/main/java");
  }

  Path tests() {
    return folder.resolve("src/test/java");
  }

  Path classes() {
    return folder.resolve("target/classes");
  }

  /** The files below a folder of this module whose names end so; none if there is no folder. */
  static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Module> product() {
    List<Module> found = new ArrayList<>(in(ROOT.resolve("engine")));
    for (Module sample : in(ROOT.resolve("samples"))) {
      if (List.of("cli", "scenes", "serve", "spark").contains(sample.name())) {
        found.add(sample);
      }
    }
    return List.copyOf(found);
  }

  private static List<Module> in(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> Files.isRegularFile(child.resolve("pom.xml")))
          .map(child -> new Module(String.valueOf(child.getFileName()), child))
          .filter(module -> !files(module.sources(), ".java").isEmpty())
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("native-config"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("the working folder must be in the project's");
      }
    }
    return folder;
  }
}

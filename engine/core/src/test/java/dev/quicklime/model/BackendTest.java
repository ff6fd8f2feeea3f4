package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendTest {

  @TempDir private Path folder = Path.of("");

  /** Recognises files by the end of their names, and opens none. */
  abstract static class ByName implements Backend {
    private final String ending;

    ByName(String ending) {
      this.ending = ending;
    }

    @Override
    public String name() {
      return "runner of " + ending;
    }

    @Override
    public boolean recognises(Path model) {
      return model.toString().endsWith(ending);
    }

    @Override
    public OpenedModel open(Path model, UnaryOperator<ModelOptions> how) {
      throw new InvalidInputException(name() + " was asked for " + model);
    }
  }

  /** One kind of files. */
  public static final class OfA extends ByName {
    /** Made by the service loader. */
    public OfA() {
      super(".a");
    }
  }

  /** Another kind of files. */
  public static final class OfB extends ByName {
    /** Made by the service loader. */
    public OfB() {
      super(".b");
    }
  }

  /** Sees no services but those of one folder. */
  private static final class Alone extends URLClassLoader {
    Alone(URL folder) {
      super(new URL[] {folder}, BackendTest.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return findResources(name);
    }
  }

  private String refusal(String model, Class<?>... backends) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Backend.class.getName()),
        Stream.of(backends).map(Class::getName).collect(Collectors.joining("\n")));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new Alone(folder.toUri().toURL())) {
      thread.setContextClassLoader(loader);
      return String.valueOf(
          assertThrows(InvalidInputException.class, () -> Explainer.open(Path.of(model)))
              .getMessage());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void shouldSayWhichLibrariesRunModelFilesWhereThereIsNone() throws IOException {
    String refusal = refusal("net.pt");
    assertTrue(refusal.contains("quicklime-torch (.pt, .pt2)"), refusal);
    assertTrue(refusal.contains("got none for net.pt"), refusal);
  }

  @Test
  void shouldTakeTheBackendThatRecognisesAFile() throws IOException {
    assertEquals("runner of .b was asked for net.b", refusal("net.b", OfA.class, OfB.class));
    assertEquals("runner of .a was asked for net.a", refusal("net.a", OfA.class, OfB.class));
  }

  @Test
  void shouldLeaveAnyFileToTheOnlyBackend() throws IOException {
    assertEquals("runner of .a was asked for net.b", refusal("net.b", OfA.class));
  }

  @Test
  void shouldNameAllBackendsWhereNoneRecognisesAFile() throws IOException {
    assertEquals(
        "model net.c must be a file of runner of .a or runner of .b, got one that none of them"
            + " recognises",
        refusal("net.c", OfA.class, OfB.class));
  }
}

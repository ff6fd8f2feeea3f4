package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.quicklime.Environment;
import dev.quicklime.torch.TorchEnvironment;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a session whose jars are its own has in an executor that has them already: bindings of its
 * own, from copies of their libraries, to the OpenCV and libtorch that the process has.
 */
class SecondLoaderTest {

  @Test
  void shouldBindOtherClassesOfTheSameJarsToTheNativeCodeOfTheProcess() throws Exception {
    String openCv = Environment.openCv();
    String torch = TorchEnvironment.version();
    List<URL> jars = new ArrayList<>();
    for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
      jars.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader other =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> environment = other.loadClass(Environment.class.getName());
      assertNotSame(Environment.class, environment);
      assertEquals(openCv, environment.getMethod("openCv").invoke(null));
      assertEquals(
          torch,
          other.loadClass(TorchEnvironment.class.getName()).getMethod("version").invoke(null));
    }
  }
}

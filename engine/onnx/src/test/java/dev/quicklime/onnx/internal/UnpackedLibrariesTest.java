package dev.quicklime.onnx.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLibrariesTest {

  @TempDir Path folder;

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "elsewhere ONNX Runtime unpacks its libraries by itself")
  void shouldUnpackTheLibrariesOfTheJar() throws Exception {
    Path found = Objects.requireNonNull(UnpackedLibraries.folder());
    assertEquals(found, UnpackedLibraries.folder());
    String library = System.mapLibraryName("onnxruntime4j_jni");
    String resource = "/ai/onnxruntime/native/" + found.getFileName() + "/" + library;
    try (InputStream in =
        Objects.requireNonNull(OrtEnvironment.class.getResourceAsStream(resource))) {
      assertArrayEquals(in.readAllBytes(), Files.readAllBytes(found.resolve(library)));
    }
    assertTrue(Files.isRegularFile(found.resolve(System.mapLibraryName("onnxruntime"))));
  }

  @Test
  void shouldLeaveItToWhoeverSaysWhereTheyAre() {
    System.setProperty("onnxruntime.native.onnxruntime.path", "/elsewhere");
    try {
      assertNull(UnpackedLibraries.folder());
    } finally {
      System.clearProperty("onnxruntime.native.onnxruntime.path");
    }
  }

  @Test
  void shouldLeaveNoPropertyBehind() {
    String before = System.getProperty(UnpackedLibraries.PATH);
    OnnxRuntime.environment();
    assertEquals(before, System.getProperty(UnpackedLibraries.PATH));
  }

  @Test
  void shouldUnpackADamagedFileAgain() throws Exception {
    Path jar = folder.resolve("unpacked-libraries-test-" + System.nanoTime() + ".jar");
    byte[] content = {1, 2, 3, 4};
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("library.bin"));
      zip.write(content);
    }
    URL resource = URI.create("jar:" + jar.toUri() + "!/library.bin").toURL();
    Path file = Objects.requireNonNull(UnpackedLibraries.unpacked(resource));
    try {
      assertArrayEquals(content, Files.readAllBytes(file));
      FileTime time = Files.getLastModifiedTime(file);
      Files.write(file, new byte[] {1, 2, 3, 5});
      Files.setLastModifiedTime(file, time);
      assertEquals(file, UnpackedLibraries.unpacked(resource));
      assertArrayEquals(content, Files.readAllBytes(file));
    } finally {
      Files.delete(file);
      Files.delete(file.getParent());
    }
  }

  @Test
  void shouldTakeNothingThatIsInNoJar() throws Exception {
    assertNull(UnpackedLibraries.unpacked(null));
    assertNull(UnpackedLibraries.unpacked(Files.createFile(folder.resolve("a")).toUri().toURL()));
  }
}

package dev.quicklime.scenes;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * Writes scenes as files: {@code scene-0001.png} and so on, the object's true mask as {@code
 * masks/scene-0001-mask.png} (255 on the object, 0 elsewhere), and {@code truth.json}, an array
 * with an entry for each scene.
 */
public final class SceneWriter {

  /** Most scenes in a folder. */
  public static final int MAX_COUNT = 1_000_000;

  private SceneWriter() {}

  /**
   * Writes the first scenes of a sequence.
   *
   * @param generator draws them
   * @param count how many, 1 to {@value #MAX_COUNT}
   * @param folder is made if it is not there; files of the same names are replaced
   * @param progress hears how many are done
   * @throws UncheckedIOException if a file cannot be written
   * @throws CancellationException if the thread is interrupted; {@code truth.json} is not written
   *     then
   */
  public static void write(SceneGenerator generator, int count, Path folder, IntConsumer progress) {
    if (count < 1 || count > MAX_COUNT) {
      throw new InvalidInputException(
          "count must be between 1 and " + MAX_COUNT + ", got " + count);
    }
    JsonMapper mapper = new JsonMapper();
    ArrayNode truth = mapper.createArrayNode();
    ObjectWriter writer = mapper.writerWithDefaultPrettyPrinter();
    try {
      Files.createDirectories(folder.resolve("masks"));
      for (int index = 0; index < count; index++) {
        if (Thread.interrupted()) {
          throw new CancellationException(
              "interrupted after " + index + " of " + count + " scenes");
        }
        Scene scene = generator.scene(index);
        String name = String.format(Locale.ROOT, "scene-%04d", index + 1);
        ImageFiles.writePng(scene.image(), folder.resolve(name + ".png"));
        ImageFiles.writePng(mask(scene), folder.resolve("masks").resolve(name + "-mask.png"));
        describe(scene, name, truth.addObject());
        progress.accept(index + 1);
      }
      Files.writeString(folder.resolve("truth.json"), writer.writeValueAsString(truth));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": must be writable, got " + e, e);
    }
  }

  private static Image mask(Scene scene) {
    byte[] levels = new byte[scene.mask().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = scene.mask()[i] ? (byte) 255 : 0;
    }
    return Image.of8(scene.width(), scene.height(), 1, levels);
  }

  private static void describe(Scene scene, String name, ObjectNode entry) {
    Scene.Box box = scene.box();
    entry.put("file", name + ".png");
    entry.put("mask", "masks/" + name + "-mask.png");
    entry.put("class", scene.classIndex());
    entry.put("label", scene.label());
    entry.put("width", scene.width());
    entry.put("height", scene.height());
    entry.put("areaShare", scene.areaShare());
    entry.putArray("box").add(box.x()).add(box.y()).add(box.width()).add(box.height());
    entry.put("backdrop", scene.backdrop().label());
    entry.put("seed", scene.seed());
    entry.put("index", scene.index());
  }
}

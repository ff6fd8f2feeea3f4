package dev.quicklime.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.scenes.paint.SceneClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SceneGeneratorTest {

  private static final SceneGenerator GENERATOR = new SceneGenerator(7, 64, 64);

  @Test
  void shouldDrawTheSameBytesForASeedOnEveryMachine() {
    CRC32 hash = new CRC32();
    for (int i = 0; i < 16; i++) {
      hash.update(GENERATOR.scene(i).rgb());
    }
    assertEquals(3584168817L, hash.getValue());
  }

  @Test
  void shouldNotDependOnWhatWasDrawnBefore() {
    Scene fresh = new SceneGenerator(7, 64, 64).scene(5);
    GENERATOR.scene(4);
    assertArrayEquals(fresh.rgb(), GENERATOR.scene(5).rgb());
    assertFalse(Arrays.equals(fresh.rgb(), new SceneGenerator(8, 64, 64).scene(5).rgb()));
  }

  @Test
  void shouldShowEveryClassEquallyOften() {
    Map<SceneClass, Integer> counts = new EnumMap<>(SceneClass.class);
    for (int i = 0; i < 80; i++) {
      counts.merge(GENERATOR.scene(i).figure(), 1, Integer::sum);
    }
    for (SceneClass figure : SceneClass.values()) {
      assertEquals(10, counts.get(figure), figure.label());
    }
  }

  @Test
  void shouldKeepTheFigureWholeAndOfModerateSize() {
    for (int i = 0; i < 200; i++) {
      Scene scene = GENERATOR.scene(i);
      assertTrue(
          scene.areaShare() > 0.05 && scene.areaShare() < 0.2,
          "scene " + i + " covers " + scene.areaShare());
      Scene.Box box = scene.box();
      assertTrue(box.x() > 0 && box.y() > 0, box.toString());
      assertTrue(box.x() + box.width() < 64 && box.y() + box.height() < 64, box.toString());
    }
  }

  @Test
  void shouldMarkThePixelsOfTheFigureAndNoOthers() {
    for (int i = 0; i < 50; i++) {
      Scene scene = new SceneGenerator(3, 96, 64).scene(i);
      Scene.Box box = scene.box();
      int marked = 0;
      for (int p = 0; p < scene.mask().length; p++) {
        int x = p % 96;
        int y = p / 96;
        boolean within =
            x >= box.x() && x < box.x() + box.width() && y >= box.y() && y < box.y() + box.height();
        assertTrue(within || !scene.mask()[p]);
        marked += scene.mask()[p] ? 1 : 0;
      }
      assertEquals(scene.areaShare(), marked / (96.0 * 64), 1e-12);
    }
  }

  @Test
  void shouldRefuseSizesAndIndicesOutOfRange() {
    assertThrows(InvalidInputException.class, () -> new SceneGenerator(1, 15, 64));
    assertThrows(InvalidInputException.class, () -> new SceneGenerator(1, 64, 5000));
    assertThrows(InvalidInputException.class, () -> GENERATOR.scene(-1));
  }
}

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads pictures. For each line of the file named, a picture, it writes beside that its height,
 * width, channels and values as floats, with .raw behind the name, or why it was refused, with .why
 * behind it.
 */
final class Formats {

  private Formats() {}

  public static void main(String[] args) throws IOException {
    for (String name : Files.readAllLines(Path.of(args[0]))) {
      Path picture = Path.of(name);
      try {
        Image image = ImageFiles.read(picture);
        float[] values = image.toFloats();
        ByteBuffer out = ByteBuffer.allocate(12 + 4 * values.length).order(ByteOrder.nativeOrder());
        out.putInt(image.height()).putInt(image.width()).putInt(image.channels());
        out.asFloatBuffer().put(values);
        Files.write(Path.of(name + ".raw"), out.array());
      } catch (InvalidInputException e) {
        Files.writeString(
            Path.of(name + ".why"), String.valueOf(e.getMessage()).substring(name.length() + 2));
      }
    }
  }
}

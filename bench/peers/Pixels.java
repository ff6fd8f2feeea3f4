import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Interpolation;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.ResizeTo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the pixels of a model's input. Each line of the file named is a job: picture, width,
 * height, what to resize to, interpolation and the file to write, with tabs between them.
 */
final class Pixels {

  private Pixels() {}

  public static void main(String[] args) throws Exception {
    List<String> jobs = Files.readAllLines(Path.of(args[0]));
    Path last = Path.of("");
    Image image = null;
    for (String job : jobs) {
      String[] words = job.split("\t");
      Path picture = Path.of(words[0]);
      if (image == null || !picture.equals(last)) {
        image = ImageFiles.read(picture);
        last = picture;
      }
      Preprocessing input =
          Preprocessing.imageNet()
              .withSize(Integer.parseInt(words[1]), Integer.parseInt(words[2]))
              .withResizeTo(ResizeTo.parse(words[3]))
              .withInterpolation(Interpolation.valueOf(words[4]));
      Files.write(Path.of(words[5]), input.fit(image).toBytes());
    }
  }
}

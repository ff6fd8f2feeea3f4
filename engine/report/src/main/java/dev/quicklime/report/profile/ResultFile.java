package dev.quicklime.report.profile;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The measured lines of a profile, in a CSV file that grows by whole seeds, and in one beside it
 * those of the converged fits. A profile that was interrupted finds in them what is done; a seed
 * that was not written to its end is measured anew.
 */
public final class ResultFile {

  /** Columns of files of before superpixels, and then names of classes and files, were told of. */
  private static final List<Integer> EARLIER = List.of(17, 18);

  private final Path folder;
  private final LineFile<ProfileLine> file;
  private final LineFile<ReferenceLine> references;
  private final List<ProfileLine> lines = new ArrayList<>();
  private final List<ProfileLine> converged = new ArrayList<>();
  private final Set<Unit> done = new HashSet<>();

  /** What is written at once: a picture's seed; the references count as seed −1. */
  private record Unit(String picture, long seed) {}

  private ResultFile(Path file) {
    this.folder = folder(file);
    this.file = fits(file);
    this.references = references(file);
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static LineFile<ProfileLine> fits(Path file) {
    return new LineFile<>(file, ProfileLine.class, EARLIER);
  }

  private static LineFile<ReferenceLine> references(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("(\\.csv)?$", "-reference.csv");
    return new LineFile<>(file.resolveSibling(name), ReferenceLine.class, List.of());
  }

  /**
   * Opens a file and the one of references beside it, or begins them.
   *
   * @param references how many lines tell of a picture's references
   * @param linesOfSeed how many lines a picture's seed has for each of its classes
   * @throws InvalidInputException if a file is of something else
   */
  public static ResultFile open(Path file, int references, int linesOfSeed) throws IOException {
    ResultFile results = new ResultFile(file);
    results.read(references, linesOfSeed);
    results.references.rewrite(results.converged.stream().map(ReferenceLine::of).toList());
    results.file.rewrite(results.lines);
    return results;
  }

  /** Whether neither file is there, or none has a line of results yet. */
  public static boolean isEmpty(Path file) throws IOException {
    return fits(file).isEmpty() && references(file).isEmpty();
  }

  private void read(int references, int linesOfSeed) throws IOException {
    Map<Unit, List<ProfileLine>> units = new LinkedHashMap<>();
    // Files of earlier versions have lines of references among the others.
    Stream.concat(
            this.references.read().stream().map(ReferenceLine::measured), file.read().stream())
        .forEach(
            line ->
                units
                    .computeIfAbsent(
                        new Unit(line.setting().picture(), line.setting().seed()),
                        _ -> new ArrayList<>())
                    .add(line));
    units.forEach(
        (unit, written) -> {
          long classes =
              written.stream().mapToInt(line -> line.setting().classIndex()).distinct().count();
          long whole = unit.seed() < 0 ? references : linesOfSeed * classes;
          if (written.size() == whole) {
            keep(written);
          }
        });
  }

  private void keep(List<ProfileLine> whole) {
    for (ProfileLine line : whole) {
      (line.isReference() ? converged : lines).add(line);
      done.add(new Unit(line.setting().picture(), line.setting().seed()));
    }
  }

  /** Whether a picture's seed, or with −1 its references, is there already. */
  public boolean has(String picture, long seed) {
    return done.contains(new Unit(picture, seed));
  }

  /** Adds a picture's seed, or its references, whole. */
  public void add(List<ProfileLine> measured) throws IOException {
    List<ProfileLine> placed =
        measured.stream().map(line -> line.at(seen(line.setting().picture()))).toList();
    references.append(
        placed.stream().filter(ProfileLine::isReference).map(ReferenceLine::of).toList());
    file.append(placed.stream().filter(line -> !line.isReference()).toList());
    keep(placed);
  }

  /** A picture as it is found from the folder of the results, or its name where it is no file. */
  private String seen(String picture) {
    try {
      Path path = Path.of(picture);
      return Files.exists(path)
          ? folder.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/')
          : picture;
    } catch (IllegalArgumentException e) {
      // An address, or a file of another drive.
      return picture;
    }
  }

  /** All lines, those of references first, as they stand in the files. */
  public List<ProfileLine> lines() {
    return Stream.concat(converged.stream(), lines.stream()).toList();
  }
}

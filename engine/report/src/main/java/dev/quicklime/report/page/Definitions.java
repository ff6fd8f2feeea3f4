package dev.quicklime.report.page;

import dev.quicklime.report.figure.Subject;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a page holds once and its figures refer to.
 *
 * @param shared pictures
 * @param outlines of superpixels
 */
public record Definitions(List<Shared> shared, List<Outline> outlines) {

  /**
   * A picture that a page contains once and shows in several places.
   *
   * @param id in the page
   * @param width columns
   * @param height rows
   * @param data the picture as an address that contains it
   */
  public record Shared(String id, int width, int height, String data) {}

  /**
   * The edge of a superpixel.
   *
   * @param id in the page
   * @param path as SVG has it, in pixels of the model's input
   */
  public record Outline(String id, String path) {}

  /**
   * The edges of all superpixels of a picture.
   *
   * @param id what ids of shared parts of the page begin with
   */
  public static List<Outline> outlines(Subject subject, String id) {
    return IntStream.range(0, subject.outlines().size())
        .mapToObj(
            superpixel ->
                new Outline(
                    Explorer.outline(id, superpixel), subject.outlines().get(superpixel).path()))
        .toList();
  }
}

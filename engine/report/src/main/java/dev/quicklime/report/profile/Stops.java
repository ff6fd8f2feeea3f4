package dev.quicklime.report.profile;

import java.util.List;

/**
 * Where a stop rule ended a design's samples for one target, and how good the fits were there.
 *
 * @param runs how many times it was tried: pictures times seeds
 * @param unmet how many of them ended for want of samples, with the bound not reached or only then
 * @param samples after how many it ended
 * @param error relative squared error of the coefficients
 * @param coverage share of the coefficients whose 95 % intervals hold the converged ones
 * @param each the same of the superpixels that are held least and most often
 */
public record Stops(
    int runs, int unmet, Band samples, Band error, Band coverage, EachCoverage each) {

  /**
   * Sums up lines of one design and target that a stop rule ended.
   *
   * @param most how many samples there were at most
   */
  static Stops of(List<ProfileLine> lines, int most) {
    return new Stops(
        runs(lines),
        runs(lines.stream().filter(line -> line.setting().samples() >= most).toList()),
        Band.of(lines, line -> (double) line.setting().samples()),
        Band.of(lines, line -> line.quality().error()),
        Band.of(lines, line -> line.quality().coverage()),
        EachCoverage.of(lines));
  }

  private static int runs(List<ProfileLine> lines) {
    return (int)
        lines.stream()
            .map(line -> List.of(line.setting().picture(), line.setting().seed()))
            .distinct()
            .count();
  }
}

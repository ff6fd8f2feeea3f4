package dev.quicklime.report.profile;

import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What was fitted for a line of a profile, by the names that a file has.
 *
 * @param picture its name
 * @param superpixels how many it has
 * @param design of the samples
 * @param target what is explained
 * @param classIndex the class, or −1 for all of them
 * @param samples how many
 * @param stop the bound of the rule that ended them, or null where their number was set
 * @param seed of the samples, or −1 for those of the reference
 */
record LineSetting(
    String picture,
    int superpixels,
    String design,
    String target,
    int classIndex,
    int samples,
    @Nullable Double stop,
    long seed)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;
}

package dev.quicklime.report.explanation;

import dev.quicklime.report.page.Definitions;
import dev.quicklime.report.page.Explorer;
import dev.quicklime.report.page.PageHead;
import dev.quicklime.report.page.SectionHead;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the page says, as text. The template does no more than lay it out.
 *
 * @param head what it says first
 * @param definitions what its figures refer to
 * @param original the picture and its scores
 * @param cards the explained classes at a glance
 * @param samples what all classes share
 * @param sections one for each class
 * @param fidelity how far the explanation can be trusted, or null where that was not measured
 * @param beside Grad-CAM beside the explanation, or null where it was not asked for
 * @param times where the time went
 * @param provenance what the explanation was made with
 * @param version of Quicklime
 */
public record ReportModel(
    PageHead head,
    Definitions definitions,
    Shown original,
    List<Card> cards,
    Samples samples,
    List<Section> sections,
    @Nullable FidelityView fidelity,
    @Nullable BesideView beside,
    Times times,
    List<Fact> provenance,
    String version) {

  /**
   * Superpixels and samples, which all classes share.
   *
   * @param overview their figures
   * @param distributions figures of the numbers of all samples
   * @param rows numbers of the samples in the contact sheet
   */
  record Samples(List<Shown> overview, List<Shown> distributions, List<SampleRow> rows) {

    /** Whether there are samples to sum up. */
    public boolean hasDistributions() {
      return !distributions.isEmpty();
    }
  }

  /**
   * A class at a glance.
   *
   * @param id of its section
   * @param label its name
   * @param value its most telling number
   * @param noun what that number is
   * @param facts the others
   */
  record Card(String id, String label, String value, String noun, List<Fact> facts) {}

  /**
   * A row of the table of samples.
   *
   * @param name of the sample
   * @param shown superpixels
   * @param similarity to the original
   * @param value of the target
   * @param vector which superpixels are shown, digit by digit
   */
  record SampleRow(String name, String shown, String similarity, String value, String vector) {}

  /**
   * All about one class.
   *
   * @param head its name and the numbers of its fit
   * @param drawn its figures, or null where it has none
   * @param weights the strongest superpixels
   */
  record Section(SectionHead head, @Nullable Drawn drawn, WeightTable weights) {}

  /**
   * The figures of a class.
   *
   * @param parts what speaks for it
   * @param explorer what speaks for and against it, for readers to ask
   * @param pictures further figures that show the picture
   * @param chart its bar chart
   */
  record Drawn(Shown parts, Explorer explorer, List<Shown> pictures, Shown chart) {}

  /**
   * The strongest superpixels of a class.
   *
   * @param axis what a weight is, with its unit
   * @param hasMargins whether rows have intervals
   * @param rows one for each
   * @param more what the table leaves out, or nothing
   */
  record WeightTable(String axis, boolean hasMargins, List<Row> rows, String more) {

    /** Whether the table has rows. */
    public boolean hasRows() {
      return !rows.isEmpty();
    }
  }

  /**
   * A superpixel.
   *
   * @param superpixel its number
   * @param sign "for" or "against"
   * @param weight with its sign
   * @param margin half of the 95 % interval, or nothing
   * @param area share of the model's input
   */
  record Row(int superpixel, String sign, String weight, String margin, String area) {}

  /**
   * How far the explanation can be trusted.
   *
   * @param caption of the table
   * @param reading how its numbers are to be read, paragraph by paragraph
   * @param rows one for each class
   * @param unit of prediction errors
   * @param strongest how many superpixels stability is about
   * @param chart the curves
   */
  record FidelityView(
      String caption,
      List<String> reading,
      List<FidelityRow> rows,
      String unit,
      int strongest,
      Shown chart) {}

  /**
   * How far the fit of a class can be trusted; a dash for what is undefined.
   *
   * @param label the class
   * @param trainingR2 R² on the samples of the fit
   * @param heldOutR2 R² on others
   * @param error of the local prediction
   * @param infidelity mean squared error of differences
   * @param deletion area
   * @param insertion area
   * @param vsi 0 to 100
   * @param csi 0 to 100
   * @param jaccard 0 to 1
   * @param kendall −1 to 1
   */
  record FidelityRow(
      String label,
      String trainingR2,
      String heldOutR2,
      String error,
      String infidelity,
      String deletion,
      String insertion,
      String vsi,
      String csi,
      String jaccard,
      String kendall) {}

  /**
   * Grad-CAM beside the explanation.
   *
   * @param caption of the table
   * @param reading how its numbers are to be read, paragraph by paragraph
   * @param rows one for each class
   * @param notices what a reader should know about the maps
   */
  record BesideView(
      String caption, List<String> reading, List<BesideRow> rows, List<String> notices) {

    /** Whether there is any notice. */
    public boolean hasNotices() {
      return !notices.isEmpty();
    }
  }

  /**
   * Both methods on one class; a dash for what is undefined.
   *
   * @param label the class
   * @param correlation −1 to 1
   * @param topAreas 0 to 1
   * @param deletion area of the explanation
   * @param mapDeletion area of Grad-CAM
   * @param insertion area of the explanation
   * @param mapInsertion area of Grad-CAM
   */
  record BesideRow(
      String label,
      String correlation,
      String topAreas,
      String deletion,
      String mapDeletion,
      String insertion,
      String mapInsertion) {}

  /**
   * Where the time went.
   *
   * @param stages part by part
   * @param total of them
   */
  record Times(List<Timing> stages, String total) {}

  /**
   * A part of the time.
   *
   * @param stage what was done
   * @param time it took
   * @param share of the whole, 0 to 100, for the length of a bar
   */
  record Timing(String stage, String time, String share) {}
}

package dev.quicklime.report.explanation;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.figure.ColourKey;
import dev.quicklime.report.page.Definitions;
import dev.quicklime.report.page.Explorer;
import dev.quicklime.report.page.HeatPlate;
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
 * @param first the answer at a glance
 * @param sections one for each class
 * @param samples what all classes share
 * @param fidelity how far the explanation can be trusted, or null where that was not measured
 * @param beside Grad-CAM beside the explanation, or null where it was not asked for
 * @param times where the time went
 * @param provenance what the explanation was made with
 * @param version of Quicklime
 */
public record ReportModel(
    PageHead head,
    Definitions definitions,
    First first,
    List<Section> sections,
    Samples samples,
    @Nullable FidelityView fidelity,
    @Nullable BesideView beside,
    Times times,
    List<Fact> provenance,
    String version) {

  /**
   * Superpixels and samples, which all classes share.
   *
   * @param overview the picture and its superpixels
   * @param sheet some samples
   * @param distributions figures of the numbers of all samples
   * @param rows numbers of the samples in the contact sheet
   */
  record Samples(
      List<Shown> overview, Shown sheet, List<Shown> distributions, List<SampleRow> rows) {

    /** Whether there are samples to sum up. */
    public boolean hasDistributions() {
      return !distributions.isEmpty();
    }
  }

  /**
   * What a reader sees first.
   *
   * @param picture the picture as it is
   * @param heat the weights of the first explained class over it
   * @param least how many of its pixels are as high as the smallest lettering on paper
   * @param answer those weights in numbers
   * @param scores of the best classes and of all explained ones
   * @param scored what a score is
   * @param hasProbability whether scores have probabilities
   * @param made what it rests on: precision, samples, superpixels
   */
  record First(
      Picture picture,
      HeatPlate heat,
      String least,
      Answer answer,
      List<Score> scores,
      String scored,
      boolean hasProbability,
      List<String> made) {}

  /**
   * The picture, which the page holds as something shared.
   *
   * @param number of the figure
   * @param figure the same with its scores, as a file
   * @param width columns
   * @param height rows
   * @param picture its id in the page
   * @param caption what it is
   */
  record Picture(
      int number, Figure figure, int width, int height, String picture, String caption) {}

  /**
   * The strongest superpixels of a class and how far they can be trusted.
   *
   * @param label the class
   * @param follows how far the weights follow the model, in words
   * @param r2 of the fit
   * @param because what the words rest on, or nothing
   * @param caption of the table
   * @param axis what a weight is
   * @param intervals heads the column of intervals; nothing where rows have none
   * @param note what a reader should know of the intervals
   * @param rows the strongest first
   */
  record Answer(
      String label,
      String follows,
      String r2,
      String because,
      String caption,
      String axis,
      String intervals,
      String note,
      List<Strong> rows) {

    /** Whether rows have intervals. */
    public boolean hasIntervals() {
      return !intervals.isEmpty();
    }

    /** Whether the table has rows. */
    public boolean hasRows() {
      return !rows.isEmpty();
    }
  }

  /**
   * One of the strongest superpixels.
   *
   * @param superpixel its number
   * @param sign "for" or "against"
   * @param weight with its sign
   * @param length |weight| as a share of the largest, 0 to 100
   * @param interval from where to where, or nothing
   */
  record Strong(int superpixel, String sign, String weight, String length, String interval) {}

  /**
   * A class's score.
   *
   * @param label the class
   * @param link id of its section, or null where it is not explained
   * @param score what the model returns
   * @param probability of it
   * @param share the same, 0 to 100, for the length of a bar
   */
  record Score(
      String label, @Nullable String link, String score, String probability, String share) {}

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
   * @param row the class in a row, where it is hardly likely and its figures are folded away; null
   *     for others
   */
  record Section(
      SectionHead head, @Nullable Drawn drawn, WeightTable weights, @Nullable List<Fact> row) {

    /** Whether its figures are folded away. */
    public boolean isFolded() {
      return row != null;
    }
  }

  /**
   * The figures of a class.
   *
   * @param parts what speaks for it
   * @param explorer what speaks for and against it, for readers to ask
   * @param heat its heat map, or null where the page has shown that before
   * @param elsewhere number of the figure that has shown it, or null
   * @param further what follows, in the order of its numbers
   * @param tags how many times larger numbers on these pictures are on paper
   * @param least how many pixels of these pictures are as high as the smallest lettering on paper
   */
  record Drawn(
      Shown parts,
      Explorer explorer,
      @Nullable HeatPlate heat,
      @Nullable Integer elsewhere,
      List<Further> further,
      String tags,
      String least) {}

  /**
   * A further figure of a class.
   *
   * @param shown the figure
   * @param isChart whether it is a chart, else it shows the picture
   * @param key to its colours, or null where it has none
   */
  record Further(Shown shown, boolean isChart, @Nullable ColourKey key) {}

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

package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what was found, from the numbers alone: what is not measured is not mentioned, and nothing
 * is said of why a model does what it does.
 */
final class Prose {

  private Prose() {}

  /** Paragraphs on one picture. */
  static List<String> ofPicture(StudiedPicture studied) {
    Explanation explanation = studied.explanation();
    List<String> paragraphs = new ArrayList<>();
    if (explanation.samples().rows() < 2) {
      return List.of(FirstChoice.of(explanation));
    }
    paragraphs.add(joined(FirstChoice.of(explanation), Variation.of(explanation).say()));
    paragraphs.add(joined(Closeness.of(explanation).say(), Sharing.of(explanation).say()));
    Fidelity fidelity = studied.fidelity();
    paragraphs.add(
        joined(
            fidelity == null ? "" : Trust.of(explanation, fidelity).say(),
            Convergence.of(explanation, studied.profile()).say()));
    SideBySide beside = studied.beside();
    paragraphs.add(beside == null ? "" : Rivals.of(explanation, beside).say());
    return paragraphs.stream().filter(paragraph -> !paragraph.isEmpty()).toList();
  }

  private static String joined(String... texts) {
    return String.join(" ", Stream.of(texts).filter(text -> !text.isEmpty()).toList());
  }

  /** Where a number was found. */
  private record Found(String picture, String label, double value) {

    String named(boolean several) {
      return Say.quoted(label) + (several ? " in " + picture : "");
    }
  }

  /** The abstract of a study. */
  static List<String> ofStudy(List<StudiedPicture> pictures) {
    boolean several = pictures.size() > 1;
    List<String> sentences = new ArrayList<>();
    sentences.add(firstChoices(pictures));
    List<Found> r2 = found(pictures, (studied, c) -> explained(studied, c).fit().r2());
    if (!r2.isEmpty()) {
      sentences.add("The weights reach an R² %s.".formatted(range(r2, several, 3, "of ")));
    }
    List<Found> heldOut = found(pictures, (studied, c) -> judged(studied, c, true));
    if (!heldOut.isEmpty()) {
      sentences.add(
          "On samples that no fit has seen it is %s.".formatted(range(heldOut, several, 3, "")));
    }
    List<Found> jaccard = found(pictures, (studied, c) -> judged(studied, c, false));
    if (!jaccard.isEmpty()) {
      sentences.add(
          "Between seeds the strongest superpixels agree by a Jaccard index %s."
              .formatted(range(jaccard, several, 2, "of ")));
    }
    rivals(pictures)
        .ifPresent(rivals -> sentences.add("Against Grad-CAM, " + lower(rivals.areas())));
    return List.of(String.join(" ", sentences));
  }

  private static String lower(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  private static String firstChoices(List<StudiedPicture> pictures) {
    StudiedPicture first = pictures.getFirst();
    if (Unit.of(first.explanation()).single()) {
      return "The model's output is %s."
          .formatted(
              Say.list(
                  pictures.stream()
                      .map(
                          studied ->
                              Numbers.significant(
                                      studied.explanation().scores().getFirst().score(), 4)
                                  + " for "
                                  + studied.name())
                      .toList()));
    }
    if (pictures.size() == 1) {
      return FirstChoice.of(first.explanation());
    }
    return "The model's first choice, with its probability, is %s."
        .formatted(
            Say.list(
                pictures.stream()
                    .map(
                        studied ->
                            "%s for %s (%s)"
                                .formatted(
                                    Say.quoted(studied.explanation().scores().getFirst().label()),
                                    studied.name(),
                                    FirstChoice.probability(studied.explanation())))
                    .toList()));
  }

  @FunctionalInterface
  private interface Quantity {
    @Nullable Double of(StudiedPicture studied, int position);
  }

  /** A number of every class that has it, the smallest first. */
  private static List<Found> found(List<StudiedPicture> pictures, Quantity quantity) {
    List<Found> all = new ArrayList<>();
    for (StudiedPicture studied : pictures) {
      for (int c = 0; c < studied.explanation().classes().size(); c++) {
        Double value = quantity.of(studied, c);
        if (value != null) {
          all.add(new Found(studied.name(), explained(studied, c).scored().label(), value));
        }
      }
    }
    all.sort(Comparator.comparingDouble(Found::value));
    return all;
  }

  private static ClassExplanation explained(StudiedPicture studied, int position) {
    return studied.explanation().classes().get(position);
  }

  private static @Nullable Double judged(StudiedPicture studied, int position, boolean heldOut) {
    Fidelity fidelity = studied.fidelity();
    if (fidelity == null) {
      return null;
    }
    ClassFidelity found = fidelity.classes().get(position);
    return heldOut ? found.heldOutR2() : found.jaccard();
  }

  private static String range(List<Found> found, boolean several, int decimals, String of) {
    Found least = found.getFirst();
    Found most = found.getLast();
    String low = Say.fixed(least.value(), decimals);
    String high = Say.fixed(most.value(), decimals);
    return found.size() == 1 || low.equals(high)
        ? of + low
        : "from %s (%s) to %s (%s)".formatted(low, least.named(several), high, most.named(several));
  }

  private static Optional<Rivals> rivals(List<StudiedPicture> pictures) {
    return pictures.stream()
        .filter(studied -> studied.beside() != null)
        .map(studied -> Rivals.of(studied.explanation(), Objects.requireNonNull(studied.beside())))
        .reduce(Rivals::plus);
  }
}

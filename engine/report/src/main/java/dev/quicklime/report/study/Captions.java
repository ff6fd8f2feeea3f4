package dev.quicklime.report.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Says once what several captions of a study have in common. Sentences that differ in their numbers
 * alone, or in the class that the whole is about, have all but these in common; the numbers are in
 * the text and in what is read to those who cannot see. For one study.
 */
final class Captions {

  private final Map<String, Integer> said = new HashMap<>();

  /**
   * What is left of a caption.
   *
   * @param text what was not said before; may be empty
   * @param as the numbers of what said the rest, rising; empty where all is new
   */
  record Caption(String text, List<Integer> as) {}

  /**
   * The part of a caption that is new.
   *
   * @param number of what it belongs to, from 1
   * @param lead texts that begin the parts, each left out where nothing follows it
   * @param parts sentences
   * @param label the class that the whole is about, or nothing
   */
  Caption of(int number, List<String> lead, List<String> parts, String label) {
    TreeSet<Integer> as = new TreeSet<>();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<String> fresh = new ArrayList<>();
      for (String sentence : parts.get(i).split("(?<=[.:]) (?=\\p{Lu})", -1)) {
        Integer first = said.putIfAbsent(alike(sentence, label), number);
        if (first == null || first == number) {
          fresh.add(sentence);
        } else {
          as.add(first);
        }
      }
      if (!fresh.isEmpty()) {
        kept.add(lead.get(i) + String.join(" ", fresh));
      }
    }
    return new Caption(String.join(" ", kept), List.copyOf(as));
  }

  private static String alike(String sentence, String label) {
    String common = label.isEmpty() ? sentence : sentence.replace("“" + label + "”", "“”");
    return common.replaceAll("[0-9][0-9,.]*(?<![,.])", "#");
  }
}

package dev.quicklime.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.model.ClassifierInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.00 ms",
    "0.123, 0.12 ms",
    "9.994, 9.99 ms",
    "9.996, 10.0 ms",
    "99.96, 100 ms",
    "999.4, 999 ms",
    "999.6, 1.00 s",
    "12345, 12.3 s",
    "99949, 99.9 s",
    "99951, 1 min 40 s",
    "125000, 2 min 5 s",
    "3599600, 1 h 0 min",
    "3780000, 1 h 3 min"
  })
  void shouldSayTimesInTheUnitThatSaysThemInThreeDigits(double milliseconds, String said) {
    assertEquals(said, Words.duration(milliseconds));
  }

  @Test
  void shouldNameBothNumberFormatsWhereThereAreTwo() {
    ClassifierInfo one = new ClassifierInfo("m", "r", null, "cpu", "bf16", 1);
    assertEquals("bf16", Words.precision(one));
    assertEquals(
        "bf16 (scores of whole pictures in fp32)",
        Words.precision(one.withOriginalPrecision("fp32")));
  }

  @Test
  void shouldSayTheNumberOfAClassOnce() {
    assertEquals("591 handkerchief", Words.numbered(591, "handkerchief"));
    assertEquals("class 591", Words.numbered(591, "class 591"));
    assertEquals("591 class 59", Words.numbered(591, "class 59"));
  }
}

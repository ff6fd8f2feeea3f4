package dev.quicklime.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnnouncementTest {

  @Test
  void shouldSayWhichKernelsAreMeasured() {
    assertTrue(
        Announcement.description().matches("vector (128|256|512) bits|scalar \\(.+\\)"),
        Announcement.description());
  }
}

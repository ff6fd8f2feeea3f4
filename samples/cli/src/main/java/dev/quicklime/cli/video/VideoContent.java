package dev.quicklime.cli.video;

import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells containers of video by their first bytes. */
final class VideoContent {
  private static final int START = 600;
  private static final int TRANSPORT_PACKET = 188;

  /** Marks that stand at the very beginning, as ISO 8859-1. */
  private static final List<String> MARKS =
      List.of(
          "\u001aE\u00df\u00a3", // Matroska and WebM
          "OggS",
          "FLV\u0001",
          "0&\u00b2u\u008ef\u00cf\u0011", // ASF, as WMV is
          "\0\0\u0001\u00ba", // MPEG, as programs
          "\0\0\u0001\u00b3", // MPEG video alone
          "GIF8");

  /** Boxes that films of QuickTime and MP4 begin with. */
  private static final List<String> BOXES = List.of("ftyp", "moov", "mdat", "wide", "pnot", "skip");

  private VideoContent() {}

  /** Whether a file is a film by its contents; a GIF is, as it may move. */
  static boolean isVideo(Path file) {
    String start;
    try (InputStream in = Files.newInputStream(file)) {
      start = new String(in.readNBytes(START), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Whoever reads it says why it cannot be read.
      return false;
    }
    if (MARKS.stream().anyMatch(start::startsWith)) {
      return true;
    }
    if (ImageFiles.isPicture(file)) {
      return false;
    }
    return (start.startsWith("RIFF") && start.startsWith("AVI ", 8))
        || BOXES.stream().anyMatch(box -> start.startsWith(box, 4))
        || isTransport(start);
  }

  /** Packets of 188 bytes, each of which begins with a G. */
  private static boolean isTransport(String start) {
    return start.length() > 2 * TRANSPORT_PACKET
        && start.charAt(0) == 'G'
        && start.charAt(TRANSPORT_PACKET) == 'G'
        && start.charAt(2 * TRANSPORT_PACKET) == 'G';
  }
}

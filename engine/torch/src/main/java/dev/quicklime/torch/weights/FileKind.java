package dev.quicklime.torch.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** What a file is by its first bytes. */
enum FileKind {
  ZIP("504b"),
  /** A pickle of the number that torch.save put first before there was a zip archive around all. */
  LEGACY_TORCH("80028a0a6cfc9c46f9206aa85019"),
  /** "version https://git-lfs". */
  LFS_POINTER("76657273696f6e2068747470733a2f2f6769742d6c6673"),
  /** Safetensors start with a length, so that there is nothing to tell them by. */
  OTHER("");

  private final String start;

  FileKind(String start) {
    this.start = start;
  }

  static FileKind of(Path file) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(32);
    }
    String hex = HexFormat.of().formatHex(first);
    for (FileKind kind : values()) {
      if (hex.startsWith(kind.start)) {
        return kind;
      }
    }
    return OTHER;
  }
}

package dev.quicklime.internal.memory;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages of a loaded library that were read once. A compiled model holds its weights as constants
 * and copies them when it is loaded; the pages that they were copied from stay in the process, as
 * many bytes again, though nothing reads them any more.
 */
public final class LibraryPages {

  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  /** {@code 7f00-7f10 r--p 00000000 fe:00 123 /folder/library.so}. */
  private static final Pattern MAPPING =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r--p \\S+ \\S+ \\S+ +(/.*)");

  /** Private, and to be read only. */
  private static final String PERMISSIONS = " r--p ";

  private static final Pattern SIZE = Pattern.compile("(Rss|Anonymous): +([0-9]+) kB");
  private static final long KIBIBYTE = 1024;

  /** {@code MADV_DONTNEED} of Linux. */
  private static final int NOT_NEEDED = 4;

  private LibraryPages() {}

  /**
   * Memory that a file is mapped to, to be read only.
   *
   * @param from its first address
   * @param bytes its length
   * @param resident how much of it is in memory
   * @param own how much of that is not as it is in the file, as what a loader has relocated
   */
  record Mapping(long from, long bytes, long resident, long own) {}

  /**
   * Takes pages of all libraries in a folder out of the process that are as in their files; who
   * reads them again, reads them from there. On other systems than Linux nothing is done.
   *
   * @param folder an existing one, whose files may be deleted afterwards
   * @return how many bytes are no longer resident
   */
  public static long letGo(Path folder) {
    Optional<MemorySegment> madvise = Linker.nativeLinker().defaultLookup().find("madvise");
    if (madvise.isEmpty()) {
      return 0;
    }
    long bytes = 0;
    try {
      MethodHandle advise =
          Linker.nativeLinker()
              .downcallHandle(
                  madvise.get(),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.ADDRESS,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_INT));
      for (Mapping mapping : readOnly(folder)) {
        // What is not in the file would be lost.
        if (mapping.own() == 0) {
          int got =
              (int)
                  advise.invokeExact(
                      MemorySegment.ofAddress(mapping.from()), mapping.bytes(), NOT_NEEDED);
          bytes += got == 0 ? mapping.resident() : 0;
        }
      }
    } catch (Throwable e) {
      // Without native access they stay where they are.
      return bytes;
    }
    return bytes;
  }

  /** What files of a folder are mapped to, privately and to be read only. */
  static List<Mapping> readOnly(Path folder) {
    List<String> lines;
    String inside;
    try {
      inside = folder.toRealPath() + "/";
      // Names may be in any encoding.
      lines = Files.readAllLines(MAPPINGS, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
    List<Mapping> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      // Of some ten thousand lines these are few.
      if (!lines.get(i).contains(PERMISSIONS)) {
        continue;
      }
      Matcher mapping = MAPPING.matcher(lines.get(i));
      if (mapping.matches() && decoded(mapping.group(3)).startsWith(inside)) {
        long from = Long.parseUnsignedLong(mapping.group(1), 16);
        long to = Long.parseUnsignedLong(mapping.group(2), 16);
        long resident = -1;
        long own = -1;
        for (int k = i + 1;
            k < lines.size() && (resident < 0 || own < 0) && lines.get(k).endsWith(" kB");
            k++) {
          Matcher size = SIZE.matcher(lines.get(k));
          if (size.matches()) {
            long bytes = Long.parseLong(size.group(2)) * KIBIBYTE;
            resident = size.group(1).equals("Rss") ? bytes : resident;
            own = size.group(1).equals("Anonymous") ? bytes : own;
          }
        }
        found.add(new Mapping(from, to - from, resident, own));
      }
    }
    return found;
  }

  private static String decoded(String name) {
    return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}

package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.IsoBoxes.Box;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The items of a HEIF file: which there are, what belongs to each, and where its bytes lie. */
final class HeifItems {
  /** More items, references or extents no picture has. */
  private static final int MOST = 1 << 16;

  private static final int IN_FILE = 0;
  private static final int IN_BOX = 1;

  /**
   * A reference.
   *
   * @param type four letters
   * @param from the item that refers
   * @param to the items that are referred to, in their order
   */
  record Reference(String type, long from, List<Long> to) {
    Reference {
      to = List.copyOf(to);
    }
  }

  private record Extent(int construction, long at, long length) {}

  private final Bytes file;
  private final Map<Long, String> types = new HashMap<>();
  private final Set<Long> hidden = new HashSet<>();
  private final Map<Long, List<Box>> properties = new HashMap<>();
  private final Map<Long, List<Extent>> extents = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();
  private final long primary;
  private final @Nullable Box inBox;

  HeifItems(Bytes file, Box meta) {
    this.file = file;
    List<Box> boxes = IsoBoxes.in(file, meta.behindVersion(), meta.to());
    Box first = needed(boxes, "pitm");
    primary = number(first.behindVersion(), version(first) > 0);
    readTypes(needed(boxes, "iinf"));
    Box links = IsoBoxes.first(boxes, "iref");
    if (links != null) {
      readReferences(links);
    }
    readProperties(needed(boxes, "iprp"));
    readPlaces(needed(boxes, "iloc"));
    inBox = IsoBoxes.first(boxes, "idat");
  }

  long primary() {
    return primary;
  }

  /** Four letters that tell what an item is; empty where there is none of this number. */
  String type(long item) {
    return types.getOrDefault(item, "");
  }

  /** Pictures that are meant to be seen, by themselves. */
  long shown() {
    return types.entrySet().stream()
        .filter(item -> HeifFile.isPicture(item.getValue()))
        .filter(item -> !hidden.contains(item.getKey()))
        .filter(item -> references.stream().noneMatch(link -> isPart(link, item.getKey())))
        .count();
  }

  private static boolean isPart(Reference link, long item) {
    boolean refers = link.type().equals("thmb") || link.type().equals("auxl");
    return (refers && link.from() == item)
        || (link.type().equals("dimg") && link.to().contains(item));
  }

  /** What an item refers to by a type. */
  List<Long> targets(String type, long from) {
    return references.stream()
        .filter(link -> link.type().equals(type) && link.from() == from)
        .findFirst()
        .map(Reference::to)
        .orElse(List.of());
  }

  /** The items that refer to one by a type. */
  List<Long> sources(String type, long to) {
    return references.stream()
        .filter(link -> link.type().equals(type) && link.to().contains(to))
        .map(Reference::from)
        .toList();
  }

  /** The properties of an item, in the order in which they are to be applied. */
  List<Box> properties(long item) {
    return properties.getOrDefault(item, List.of());
  }

  @Nullable Box property(long item, String type) {
    return IsoBoxes.first(properties(item), type);
  }

  /** An item's bytes. */
  byte[] data(long item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Extent extent : extents.getOrDefault(item, List.of())) {
      long at = extent.at();
      if (extent.construction() == IN_BOX) {
        if (inBox == null || at + extent.length() > inBox.to() - inBox.from()) {
          throw damaged("item " + item + " outside of its box");
        }
        at += inBox.from();
      } else if (extent.construction() != IN_FILE) {
        throw damaged("item " + item + " inside of another");
      }
      long length = extent.length() == 0 ? file.length() - at : extent.length();
      if (out.size() + length > file.length()) {
        throw damaged("item " + item + " longer than the file");
      }
      out.writeBytes(file.copy(at, length));
    }
    if (out.size() == 0) {
      throw damaged("item " + item + " without bytes");
    }
    return out.toByteArray();
  }

  private void readTypes(Box box) {
    boolean wide = version(box) > 0;
    long at = box.behindVersion() + (wide ? 4 : 2);
    for (Box entry : IsoBoxes.in(file, at, box.to())) {
      int version = version(entry);
      if (!entry.type().equals("infe") || version < 2) {
        continue;
      }
      long item = number(entry.behindVersion(), version > 2);
      long behind = entry.behindVersion() + (version > 2 ? 4 : 2);
      types.putIfAbsent(item, file.name(behind + 2));
      if ((file.u8(entry.from() + 3) & 1) != 0) {
        hidden.add(item);
      }
    }
  }

  private void readReferences(Box box) {
    boolean wide = version(box) > 0;
    int step = wide ? 4 : 2;
    for (Box link : IsoBoxes.in(file, box.behindVersion(), box.to())) {
      int count = file.u16be(link.from() + step);
      List<Long> to = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        to.add(number(link.from() + step + 2 + (long) step * i, wide));
      }
      references.add(new Reference(link.type(), number(link.from(), wide), to));
    }
  }

  private void readProperties(Box box) {
    List<Box> boxes = IsoBoxes.in(file, box.from(), box.to());
    Box container = needed(boxes, "ipco");
    List<Box> all = IsoBoxes.in(file, container.from(), container.to());
    for (Box map : boxes) {
      if (!map.type().equals("ipma")) {
        continue;
      }
      boolean wideItems = version(map) > 0;
      boolean wideIndices = (file.u8(map.from() + 3) & 1) != 0;
      long at = map.behindVersion() + 4;
      long entries = limited(file.u32be(map.behindVersion()));
      for (long i = 0; i < entries; i++) {
        long item = number(at, wideItems);
        at += wideItems ? 4 : 2;
        int count = file.u8(at++);
        List<Box> own = properties.computeIfAbsent(item, _ -> new ArrayList<>());
        for (int j = 0; j < count; j++) {
          int index = wideIndices ? file.u16be(at) & 0x7fff : file.u8(at) & 0x7f;
          at += wideIndices ? 2 : 1;
          if (index > all.size()) {
            throw damaged("property " + index + " of " + all.size());
          }
          if (index > 0) {
            own.add(all.get(index - 1));
          }
        }
      }
    }
  }

  private void readPlaces(Box box) {
    int version = version(box);
    long at = box.behindVersion();
    int offsetSize = file.u8(at) >> 4;
    int lengthSize = file.u8(at) & 15;
    int baseSize = file.u8(at + 1) >> 4;
    int indexSize = version > 0 ? file.u8(at + 1) & 15 : 0;
    long items = limited(number(at + 2, version > 1));
    at += version > 1 ? 6 : 4;
    for (long i = 0; i < items; i++) {
      long item = number(at, version > 1);
      at += version > 1 ? 4 : 2;
      int construction = IN_FILE;
      if (version > 0) {
        construction = file.u16be(at) & 15;
        at += 2;
      }
      at += 2;
      long base = sized(at, baseSize);
      at += baseSize;
      int count = file.u16be(at);
      at += 2;
      List<Extent> own = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        at += indexSize;
        long offset = sized(at, offsetSize);
        at += offsetSize;
        own.add(new Extent(construction, base + offset, sized(at, lengthSize)));
        at += lengthSize;
      }
      extents.putIfAbsent(item, own);
    }
  }

  private long sized(long at, int bytes) {
    return switch (bytes) {
      case 0 -> 0;
      case 4 -> file.u32be(at);
      case 8 -> (file.u32be(at) & 0x7fff_ffff) << 32 | file.u32be(at + 4);
      default -> throw damaged("places of " + bytes + " bytes");
    };
  }

  private long number(long at, boolean wide) {
    return wide ? file.u32be(at) : file.u16be(at);
  }

  private int version(Box box) {
    return file.u8(box.from());
  }

  private static long limited(long count) {
    if (count > MOST) {
      throw damaged(count + " items");
    }
    return count;
  }

  private static Box needed(List<Box> boxes, String type) {
    Box box = IsoBoxes.first(boxes, type);
    if (box == null) {
      throw damaged("no box " + type);
    }
    return box;
  }

  static InvalidInputException damaged(String what) {
    return new InvalidInputException("a HEIF file must be whole, got " + what);
  }
}

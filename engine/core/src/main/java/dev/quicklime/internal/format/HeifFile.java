package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.IsoBoxes.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A HEIF file, as HEIC and AVIF are: how its picture is put together from coded ones. */
public final class HeifFile {
  /** What a file says that it is, of those that hold still pictures. */
  private static final Set<String> BRANDS =
      Set.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "avif", "avis");

  private static final Set<String> CODED =
      Set.of("hvc1", "av01", "avc1", "jpeg", "j2k1", "vvc1", "evc1", "unci", "mski");
  private static final Set<String> DERIVED = Set.of("grid", "iovl", "iden", "tmap");
  private static final String ALPHA = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";
  private static final String OLD_ALPHA = "urn:mpeg:hevc:2015:auxid:1";
  private static final int PQ = 16;
  private static final int HLG = 18;
  private static final int MOST_TILES = 1 << 14;

  /**
   * How colours were taken apart before they were coded.
   *
   * @param matrix a number of ITU-T H.273
   * @param fullRange whether 0 is black and the highest number white
   */
  public record Colours(int matrix, boolean fullRange) {}

  /**
   * A step on the way from the tiles to the picture.
   *
   * @param left of the part that is kept
   * @param top of it
   * @param width of it, or 0 where all is
   * @param height of it
   * @param orientation how it is then turned, as EXIF counts
   */
  public record Step(int left, int top, int width, int height, int orientation) {}

  private final Bytes file;
  private final HeifItems items;
  private final boolean sequence;

  /**
   * Reads what is there of items.
   *
   * @throws InvalidInputException if the file is damaged, or has no still picture
   */
  public HeifFile(Bytes file) {
    this.file = file;
    List<Box> boxes = IsoBoxes.in(file, 0, file.length());
    Box meta = IsoBoxes.first(boxes, "meta");
    if (meta == null) {
      throw new InvalidInputException("a HEIF file must have a still picture, got none");
    }
    items = new HeifItems(file, meta);
    sequence = IsoBoxes.first(boxes, "moov") != null;
  }

  /** Whether a file's brands are those of still pictures. */
  static boolean isHeif(Bytes file) {
    if (!file.matches(4, 'f', 't', 'y', 'p')) {
      return false;
    }
    long end = Math.min(file.u32be(0), Math.min(file.length(), 512));
    for (long at = 8; at + 4 <= end; at += 4) {
      if (at != 12 && BRANDS.contains(file.name(at))) {
        return true;
      }
    }
    return false;
  }

  static boolean isPicture(String type) {
    return CODED.contains(type) || DERIVED.contains(type);
  }

  /** The picture that the file is to be seen as. */
  public Part picture() {
    return new Part(items.primary());
  }

  /** How opaque that picture is, or null where it does not say. */
  public @Nullable Part alpha() {
    for (long item : items.sources("auxl", items.primary())) {
      Box kind = items.property(item, "auxC");
      if (kind != null) {
        String name = text(kind.behindVersion(), kind.to());
        if (name.equals(ALPHA) || name.equals(OLD_ALPHA)) {
          return new Part(item);
        }
      }
    }
    return null;
  }

  /** The header; sizes are those before anything is cut or turned. */
  public PictureHeader header() {
    Part picture = picture();
    List<String> notices = new ArrayList<>();
    if (alpha() != null) {
      notices.add(PictureHeader.ALPHA_DROPPED);
    }
    if (sequence || items.shown() > 1) {
      notices.add(PictureHeader.FIRST_FRAME);
    }
    int transfer = picture.transfer();
    if (transfer == PQ || transfer == HLG) {
      notices.add(
          "high dynamic range ("
              + (transfer == PQ ? "PQ" : "HLG")
              + ") taken as it is coded, which looks flat");
    }
    return new PictureHeader(
        picture.width(), picture.height(), alpha() == null ? 3 : 4, Exif.UPRIGHT, notices);
  }

  private String text(long from, long to) {
    StringBuilder text = new StringBuilder();
    for (long at = from; at < to && file.u8(at) != 0; at++) {
      text.append((char) file.u8(at));
    }
    return text.toString();
  }

  /** One picture of the file: coded as a whole, or as a grid of tiles. */
  public final class Part {
    private final long item;
    private final List<Long> tiles;
    private final int columns;
    private final long width;
    private final long height;

    private Part(long item) {
      this.item = item;
      String type = items.type(item);
      if (type.equals("grid")) {
        Bytes grid = new Bytes(items.data(item));
        boolean wide = (grid.u8(1) & 1) != 0;
        int rows = 1 + grid.u8(2);
        columns = 1 + grid.u8(3);
        width = wide ? grid.u32be(4) : grid.u16be(4);
        height = wide ? grid.u32be(8) : grid.u16be(6);
        tiles = items.targets("dimg", item);
        if (tiles.size() != rows * columns || tiles.size() > MOST_TILES) {
          throw HeifItems.damaged(tiles.size() + " tiles of " + rows + "×" + columns);
        }
      } else {
        tiles = List.of(item);
        columns = 1;
        Box size = items.property(item, "ispe");
        if (size == null) {
          throw HeifItems.damaged("a picture without its size");
        }
        width = file.u32be(size.behindVersion());
        height = file.u32be(size.behindVersion() + 4);
      }
      for (long tile : tiles) {
        checkCoding(items.type(tile));
        if (!items.type(tile).equals(items.type(tiles.getFirst()))) {
          throw HeifItems.damaged("tiles of different codings");
        }
      }
    }

    private static void checkCoding(String type) {
      if (type.equals("hvc1") || type.equals("av01")) {
        return;
      }
      String name =
          switch (type) {
            case "avc1" -> "AVC (H.264)";
            case "jpeg" -> "JPEG";
            case "j2k1" -> "JPEG 2000";
            case "vvc1" -> "VVC (H.266)";
            case "evc1" -> "EVC";
            case "unci" -> "uncompressed pixels";
            case "iovl" -> "an overlay of pictures";
            case "iden" -> "a picture derived from another";
            case "tmap" -> "a tone map";
            case "grid" -> "a grid of grids";
            default -> "an item of type " + type.replaceAll("\\P{Print}", "?");
          };
      throw new InvalidInputException(
          "a HEIF file's picture must be HEVC or AV1, or a grid of such tiles, got "
              + name
              + "; \"heif-convert IN OUT.png\" of libheif makes a picture that is read");
    }

    /** Whether it is coded by AV1, else by HEVC. */
    public boolean isAv1() {
      return items.type(tiles.getFirst()).equals("av01");
    }

    /** Columns of pixels before anything is cut or turned. */
    public long width() {
      return width;
    }

    /** Rows of pixels before anything is cut or turned. */
    public long height() {
      return height;
    }

    /** Tiles of a row of the grid. */
    public int columns() {
      return columns;
    }

    /** How many tiles there are; 1 where the picture is coded as a whole. */
    public int tiles() {
      return tiles.size();
    }

    /** A tile's coded bytes, which are complete by themselves but for {@link #configuration}. */
    public byte[] data(int tile) {
      byte[] data = items.data(tiles.get(tile));
      if (!isAv1()) {
        return data;
      }
      // Sequence headers may stand in the configuration alone, behind four bytes.
      byte[] headers = configuration(tile);
      if (headers.length <= 4) {
        return data;
      }
      byte[] whole = Arrays.copyOf(headers, headers.length - 4 + data.length);
      System.arraycopy(headers, 4, whole, 0, headers.length - 4);
      System.arraycopy(data, 0, whole, headers.length - 4, data.length);
      return whole;
    }

    /** What the decoder must know before: the contents of hvcC or av1C. */
    public byte[] configuration(int tile) {
      Box box = items.property(tiles.get(tile), isAv1() ? "av1C" : "hvcC");
      if (box == null) {
        throw HeifItems.damaged("a tile without its configuration");
      }
      return file.copy(box.from(), box.to() - box.from());
    }

    /** What the file says of its colours, or null where only the coded picture does. */
    public @Nullable Colours colours() {
      Box box = nclx();
      return box == null
          ? null
          : new Colours(file.u16be(box.from() + 8), (file.u8(box.from() + 10) & 0x80) != 0);
    }

    int transfer() {
      Box box = nclx();
      return box == null ? 0 : file.u16be(box.from() + 6);
    }

    private @Nullable Box nclx() {
      for (long source : List.of(item, tiles.getFirst())) {
        for (Box box : items.properties(source)) {
          if (box.type().equals("colr") && file.name(box.from()).equals("nclx")) {
            return box;
          }
        }
      }
      return null;
    }

    /** What is to be done to the assembled picture, in this order. */
    public List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      long across = width;
      long down = height;
      for (Box box : items.properties(item)) {
        switch (box.type()) {
          case "clap" -> {
            Step cut = cleanAperture(box, across, down);
            across = cut.width();
            down = cut.height();
            steps.add(cut);
          }
          case "irot" -> {
            // Quarters against the clock.
            int quarters = file.u8(box.from()) & 3;
            if (quarters % 2 == 1) {
              long side = across;
              across = down;
              down = side;
            }
            steps.add(new Step(0, 0, 0, 0, new int[] {1, 8, 3, 6}[quarters]));
          }
          case "imir" ->
              // 0 exchanges top and bottom, 1 left and right.
              steps.add(new Step(0, 0, 0, 0, (file.u8(box.from()) & 1) == 0 ? 4 : 2));
          default -> {}
        }
      }
      return steps;
    }

    private Step cleanAperture(Box box, long across, long down) {
      double wide = fraction(box, 0);
      double high = fraction(box, 1);
      int left = (int) Math.floor(fraction(box, 2) + (across - 1) / 2.0 - (wide - 1) / 2);
      int top = (int) Math.floor(fraction(box, 3) + (down - 1) / 2.0 - (high - 1) / 2);
      int right = (int) Math.min(across, left + Math.round(wide));
      int bottom = (int) Math.min(down, top + Math.round(high));
      left = Math.max(0, left);
      top = Math.max(0, top);
      if (right <= left || bottom <= top) {
        throw HeifItems.damaged("a clean aperture outside of the picture");
      }
      return new Step(left, top, right - left, bottom - top, Exif.UPRIGHT);
    }

    private double fraction(Box box, int index) {
      long at = box.from() + 8L * index;
      double fraction = (int) file.u32be(at) / (double) (int) file.u32be(at + 4);
      if (!Double.isFinite(fraction)) {
        throw HeifItems.damaged("a clean aperture without a size");
      }
      return fraction;
    }
  }
}

package dev.quicklime.report.page;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.drawing.Prints;
import dev.quicklime.report.page.Definitions.Shared;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Numbers the figures of a page, and keeps the pictures that several of them have in common. Other
 * threads draw while the next figures are made, each a figure of its own, and what they draw does
 * not depend on who was first. For one thread itself.
 */
public final class PageFigures {

  private final ForkJoinPool threads;
  private final boolean filed;
  private final List<Figure> figures = new ArrayList<>();
  private final List<ForkJoinTask<?>> drawing = new ArrayList<>();
  private final List<Picture> pictures = new CopyOnWriteArrayList<>();
  private final Map<BufferedImage, String> ids = new ConcurrentHashMap<>();
  private final Map<String, ForkJoinTask<String>> encoded = new ConcurrentHashMap<>();
  private int drawn;

  /**
   * A picture that figures have in common.
   *
   * @param id in the page
   * @param image the picture
   */
  private record Picture(String id, BufferedImage image) {}

  /** Figures that are drawn by as many threads as there are processors, the caller one of them. */
  public PageFigures() {
    this(EnumSet.of(FigureFormat.PNG));
  }

  /**
   * The same where figures become files of other formats too.
   *
   * @param formats of these files; those of PNG are drawn as early as what the page has
   */
  public PageFigures(Set<FigureFormat> formats) {
    this(ForkJoinPool.commonPool(), formats);
  }

  /** Figures that are drawn by given threads, and by the caller when it waits for them. */
  public PageFigures(ForkJoinPool threads) {
    this(threads, EnumSet.of(FigureFormat.PNG));
  }

  private PageFigures(ForkJoinPool threads, Set<FigureFormat> formats) {
    this.threads = threads;
    this.filed = formats.contains(FigureFormat.PNG);
  }

  /** Has the page hold a picture once, beneath however many layers figures lay over it. */
  public void share(Prints prints, String id) {
    share(prints.colour(), id + "-colour");
    share(prints.pale(), id + "-pale");
    share(prints.gray(), id + "-gray");
  }

  private void share(BufferedImage image, String id) {
    pictures.add(new Picture(id, image));
    ids.put(image, id);
  }

  /** Has the page hold one of the shared pictures, to which something else than a figure refers. */
  public void hold(String id) {
    pictures.stream().filter(picture -> picture.id().equals(id)).forEach(this::encode);
  }

  private void encode(Picture picture) {
    encoded.computeIfAbsent(
        picture.id(),
        _ ->
            threads.submit(
                () ->
                    "data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(Figure.encode(picture.image()))));
  }

  /** Gives a figure the next number, and has it drawn as a part of the page and as a file. */
  public Shown show(Figure figure) {
    return show(figure, List.of(figure));
  }

  /**
   * The same where the page has another form of it.
   *
   * @param figure as a file, with the caption of both
   * @param parts of the page, one after the other, which show the same
   */
  public Shown show(Figure figure, List<Figure> parts) {
    figures.add(figure);
    Map<String, Figure> ids = new LinkedHashMap<>();
    parts.forEach(part -> ids.put(nextId(), part));
    ForkJoinTask<String> task =
        threads.submit(
            () -> {
              StringBuilder markup = new StringBuilder();
              ids.forEach((id, part) -> markup.append(markup(part, id)));
              if (filed) {
                figure.png();
              }
              return markup.toString();
            });
    drawing.add(task);
    return new Shown(figures.size(), figure, task::join);
  }

  /** Gives a figure the next number, and has it drawn as a file alone. */
  public int number(Figure figure) {
    figures.add(figure);
    nextId();
    if (filed) {
      drawing.add(threads.submit(figure::png));
    }
    return figures.size();
  }

  /** A figure as a part of the page, drawn here and now. */
  public String markup(Figure figure) {
    return markup(figure, nextId());
  }

  private String nextId() {
    drawn++;
    return "f" + drawn + "-";
  }

  private String markup(Figure figure, String id) {
    String markup = figure.inline(id, ids);
    for (Picture picture : pictures) {
      if (markup.contains("\"#" + picture.id() + "\"")) {
        encode(picture);
      }
    }
    return markup;
  }

  private void finish() {
    // Who waits draws what nobody has begun, which is what was handed over last.
    drawing.reversed().forEach(ForkJoinTask::join);
  }

  /** All figures so far, in order, for which it waits until they are drawn. */
  public List<Figure> all() {
    finish();
    return List.copyOf(figures);
  }

  /** The pictures that are referred to so far; it waits until the figures are drawn. */
  public List<Shared> shared() {
    finish();
    List<Shared> shared = new ArrayList<>();
    for (Picture picture : pictures) {
      ForkJoinTask<String> data = encoded.get(picture.id());
      if (data != null) {
        BufferedImage image = picture.image();
        shared.add(new Shared(picture.id(), image.getWidth(), image.getHeight(), data.join()));
      }
    }
    return shared;
  }
}

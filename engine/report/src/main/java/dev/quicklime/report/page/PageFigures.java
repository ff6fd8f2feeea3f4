package dev.quicklime.report.page;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Prints;
import dev.quicklime.report.page.Definitions.Shared;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers the figures of a page, and keeps the pictures that several of them have in common. */
public final class PageFigures {

  private final List<Figure> figures = new ArrayList<>();
  private final List<Shared> pictures = new ArrayList<>();
  private int drawn;
  private final Set<String> used = new HashSet<>();
  private final Map<BufferedImage, String> ids = new HashMap<>();

  /** Has the page hold a picture once, beneath however many layers figures lay over it. */
  public void share(Prints prints, String id) {
    share(prints.colour(), id + "-colour");
    share(prints.pale(), id + "-pale");
    share(prints.gray(), id + "-gray");
  }

  private void share(BufferedImage picture, String id) {
    ids.put(picture, id);
    byte[] png = Figure.encode(picture);
    pictures.add(
        new Shared(
            id,
            picture.getWidth(),
            picture.getHeight(),
            "data:image/png;base64," + Base64.getEncoder().encodeToString(png)));
  }

  /** Gives a figure the next number. */
  public Shown show(Figure figure) {
    figures.add(figure);
    return new Shown(figures.size(), figure, markup(figure));
  }

  /** A figure as a part of the page. */
  public String markup(Figure figure) {
    drawn++;
    String markup = figure.inline("f" + drawn + "-", ids);
    for (Shared picture : pictures) {
      if (markup.contains("\"#" + picture.id() + "\"")) {
        used.add(picture.id());
      }
    }
    return markup;
  }

  /** All figures so far, in order. */
  public List<Figure> all() {
    return List.copyOf(figures);
  }

  /** The pictures that figures refer to; those in colour at any rate, to which explorers do. */
  public List<Shared> shared() {
    return pictures.stream()
        .filter(picture -> picture.id().endsWith("-colour") || used.contains(picture.id()))
        .toList();
  }
}

package dev.quicklime.cli.pages;

/** A script that asks a page which marks of its charts and keys are hardly seen. */
final class PageMarks {

  /**
   * Lines, bars, points, axes, whiskers and frames of charts under a contrast of 3 to 1 with what
   * is behind them, as WCAG 2 has it in 1.4.11, and lettering under 4.5 to 1; each in the colours
   * that the browser computed, opacity included.
   *
   * <p>Seen is also what is faint inside and has an edge that is not: a key to colours that begin
   * at white, and a tint through which others are seen. Not asked are guides, which are marked as
   * such: lines across a plot and what is empty, whose values stand at axes and beside; and what
   * lies on a picture, whose own colours it cannot choose.
   */
  static final String FAINT =
      PageFaults.COLOURS
          + """
          const wrong = new Set();
          let asked = 0;
          const near = (a, b) => Math.abs(a - b) <= 2;
          const within = (inner, outer) => inner.left >= outer.left - 2 && inner.right <= outer.right + 2
              && inner.top >= outer.top - 2 && inner.bottom <= outer.bottom + 2;
          const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
              && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          const framed = (mark, frame) => near(mark.top, frame.top) && near(mark.bottom, frame.bottom)
              && mark.left >= frame.left - 2 && mark.right <= frame.right + 2;
          const box = (each, svg) => {
            const own = each.getBoundingClientRect();
            const whole = svg.getBoundingClientRect();
            const part = (from, to, low, high) => [Math.max(from, low), Math.min(to, high)];
            const [left, right] = part(own.left, own.right, whole.left, whole.right);
            const [top, bottom] = part(own.top, own.bottom, whole.top, whole.bottom);
            return {left, right, top, bottom};
          };
          const shared = each => {
            let share = 1;
            for (let at = each; at && at.localName !== 'body'; at = at.parentElement) {
              share *= Number(getComputedStyle(at).opacity);
            }
            return share;
          };
          const painted = (colour, share, behind) => {
            if (colour === 'none' || !colour.startsWith('rgb')) return null;
            const [r, g, b, alpha = 1] = numbers(colour);
            const all = share * alpha;
            const below = numbers(behind);
            return all === 0 ? null
                : `rgb(${[r, g, b].map((v, i) => v * all + below[i] * (1 - all)).join(', ')})`;
          };
          const complain = (each, found) => wrong.add(`${each.localName} ${each.textContent.slice(0, 30)}`
              + ` ${getComputedStyle(each).fill} ${getComputedStyle(each).stroke}: ${found.toFixed(2)} in `
              + each.closest('svg').getAttribute('aria-label').slice(0, 50));
          for (const svg of document.querySelectorAll('svg.drawn')) {
            if (!svg.checkVisibility()) continue;
            const page = ground(svg);
            const grounds = [{...box(svg, svg), colour: page, behind: page, plate: page}];
            const frames = [];
            const faint = [];
            const first = svg.querySelector('rect');
            for (const each of svg.querySelectorAll('rect, path, line, polyline, polygon, circle, ellipse, text, image, use')) {
              if (each.closest('defs, clipPath')) continue;
              const own = box(each, svg);
              if (own.left > own.right || own.top > own.bottom) continue;
              if (each.matches('image, use')) {
                grounds.push({...own, colour: null});
                continue;
              }
              const below = grounds.findLast(at => within(own, at)) ?? grounds[0];
              if (below.colour === null) continue;
              const style = getComputedStyle(each);
              const share = shared(each);
              const fill = each.localName === 'line' ? null
                  : painted(style.fill, share * style.fillOpacity, below.plate);
              const stroke = parseFloat(style.strokeWidth) === 0 ? null
                  : painted(style.stroke, share * style.strokeOpacity, below.colour);
              // Points hide each other where their values are the same, and tints pile up.
              const solid = each.localName === 'rect';
              const tint = fill && share * style.fillOpacity < 0.5;
              if (solid && fill || tint) {
                grounds.push({...own, colour: fill, behind: below.colour, plate: tint ? below.plate : fill, solid});
              }
              // Plates are no marks, but what these lie on.
              const area = (own.right - own.left) * (own.bottom - own.top);
              const whole = grounds[0];
              if (each.localName === 'rect' && style.fill === getComputedStyle(first).fill
                  && area > 0.2 * (whole.right - whole.left) * (whole.bottom - whole.top)) continue;
              if (!fill && !stroke || each.closest('.guide')) continue;
              asked++;
              const behind = [below.colour];
              // An edge is seen where it differs from either side.
              if (!fill && near(own.left, below.left) && near(own.right, below.right)
                  && near(own.top, below.top) && near(own.bottom, below.bottom)) behind.push(below.behind);
              let found = Math.max(...behind.flatMap(at => [fill, stroke].filter(Boolean).map(c => ratio(c, at))));
              if (each.localName === 'text') {
                if (!(found >= 4.5)) complain(each, found);
                continue;
              }
              // A whisker leads over its bar and beyond.
              if (each.localName === 'line') {
                const thick = {left: own.left - 1, right: own.right + 1, top: own.top - 1, bottom: own.bottom + 1};
                for (const at of grounds.filter(at => at.solid && meets(thick, at) && !within(own, at))) {
                  found = Math.min(found, ratio(stroke, at.colour));
                }
              }
              if (found >= 3) {
                if (stroke && !fill) frames.push(own);
              } else {
                faint.push([each, own, found]);
              }
            }
            for (const [each, own, found] of faint) {
              if (!frames.some(frame => framed(own, frame))) complain(each, found);
            }
          }
          for (const key of document.querySelectorAll('.key > *')) {
            const style = getComputedStyle(key);
            if (style.backgroundImage === 'none') continue;
            asked++;
            const edge = style.outlineStyle === 'none' ? style.borderTopColor : style.outlineColor;
            const found = ratio(edge, ground(key.parentElement));
            if (!(found >= 3)) wrong.add(`the edge of a key: ${found.toFixed(2)}`);
          }
          if (asked < 3) wrong.add(`only ${asked} marks`);
          return [...wrong];
          """;

  private PageMarks() {}
}

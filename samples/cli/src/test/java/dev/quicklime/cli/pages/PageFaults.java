package dev.quicklime.cli.pages;

/** Scripts that ask a page what is wrong with it; each returns a list of complaints. */
final class PageFaults {

  /** What of colours the scripts below share: contrast as WCAG 2 has it, and what is behind. */
  static final String COLOURS =
      """
      const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
      const light = colour => {
        const [r, g, b] = numbers(colour).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (a, b) => {
        const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
        return (high + 0.05) / (low + 0.05);
      };
      const ground = each => {
        for (let at = each; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if ((numbers(colour)[3] ?? 1) > 0.99) return colour;
        }
        return 'rgb(255, 255, 255)';
      };
      """;

  /** What is wrong with its figures. */
  static final String FIGURES =
      """
      const wrong = [];
      const figures = [...document.querySelectorAll('figure')];
      figures.forEach((figure, i) => {
        const caption = figure.querySelector('figcaption');
        const start = `Figure ${i + 1}. `;
        if (!caption || !caption.textContent.startsWith(start)) {
          wrong.push(`${start} begins ${caption && caption.textContent.slice(0, 30)}`);
        } else if (caption.textContent.length < start.length + 30) {
          wrong.push(`${start} says too little`);
        }
        const drawn = [...figure.querySelectorAll('img, svg')];
        if (drawn.length === 0) wrong.push(`${start} shows nothing`);
        for (const each of drawn) {
          const said = each.tagName === 'IMG' ? each.alt
              : each.getAttribute('role') && each.getAttribute('aria-label');
          if (!said || said.length < 12) wrong.push(`${start} has no alternative text`);
          const box = each.getBoundingClientRect();
          if (box.width < 40 || box.height < 20) wrong.push(`${start} is ${box.width}×${box.height}`);
          if (each.tagName === 'IMG' && !(each.complete && each.naturalWidth > 0)) {
            wrong.push(`${start} did not load`);
          }
          for (const use of each.querySelectorAll('use')) {
            if (!document.querySelector(use.getAttribute('href'))) {
              wrong.push(`${start} lacks ${use.getAttribute('href')}`);
            }
          }
        }
      });
      if (figures.length === 0) wrong.push('no figure');
      return wrong;
      """;

  /** Pictures of one figure that are not as large as the others. */
  static final String UNEQUAL =
      """
      const wrong = [];
      for (const figure of document.querySelectorAll('figure')) {
        const boxes = [...figure.querySelectorAll('.pictured > svg')]
            .map(each => each.getBoundingClientRect())
            .map(box => `${Math.round(box.width)}×${Math.round(box.height)}`);
        if (new Set(boxes).size > 1) wrong.push(`${figure.id}: ${boxes.join(' ')}`);
      }
      if (!document.querySelector('.pictured > svg')) wrong.push('no picture');
      return wrong;
      """;

  /** What reaches beyond its right edge outside of boxes that scroll. */
  static final String OVERFLOW =
      """
      const wrong = [];
      const wide = document.documentElement;
      if (wide.scrollWidth > wide.clientWidth) wrong.push(`page ${wide.scrollWidth}`);
      for (const each of document.querySelectorAll('h1, h2, h3, p, dd, figcaption, svg.drawn, img')) {
        const box = each.getBoundingClientRect();
        if (box.right > wide.clientWidth + 1 && !each.closest('.wide, .scroll')) {
          wrong.push(`${each.tagName} ${Math.round(box.right)} ${each.textContent.slice(0, 40)}`);
        }
      }
      return wrong;
      """;

  /** What is wrong with its outline for those who hear it. */
  static final String OUTLINE =
      """
      const wrong = [];
      const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.tagName[1]));
      if (levels.filter(level => level === 1).length !== 1) wrong.push('not one h1');
      levels.forEach((level, i) => {
        if (i > 0 && level > levels[i - 1] + 1) wrong.push(`h${levels[i - 1]} before h${level}`);
      });
      if (!document.documentElement.lang) wrong.push('no language');
      const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
      const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
      if (twice.length > 0) wrong.push(`twice ${twice.slice(0, 3)}`);
      for (const each of document.querySelectorAll('[aria-labelledby]')) {
        if (!document.getElementById(each.getAttribute('aria-labelledby'))) wrong.push('no label');
      }
      for (const each of document.querySelectorAll('a[href^="#"]')) {
        if (!document.getElementById(each.getAttribute('href').slice(1))) wrong.push('dead link');
      }
      return wrong;
      """;

  /** Lettering of figures that hardly differs from what it is written on. */
  static final String FAINT =
      """
      const light = colour => {
        const channels = colour.match(/[0-9.]+/g).map(Number);
        return (0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2]) / 255;
      };
      const wrong = new Set();
      for (const text of document.querySelectorAll('svg.drawn text')) {
        const plate = text.closest('svg').querySelector('rect');
        if (!plate) continue;
        const ground = light(getComputedStyle(plate).fill);
        const own = getComputedStyle(text).fill;
        if (Math.abs(light(own) - ground) < 0.35) wrong.add(`${own}: ${text.textContent}`);
      }
      return [...wrong];
      """;

  /** Unfolds what is folded away, so that it can be looked at. */
  static final String UNFOLD =
      """
      for (const each of document.querySelectorAll('.class details')) each.open = true;
      return true;
      """;

  /** What of the answer is not on the first screen, or not wide enough to be seen. */
  static final String BELOW =
      """
      const wrong = [];
      const whole = (name, selector, count) => {
        const found = [...document.querySelectorAll(selector)];
        if (found.length !== count) wrong.push(`${name}: ${found.length} of ${count}`);
        for (const each of found) {
          const box = each.getBoundingClientRect();
          if (box.width < 40 || box.height < 12 || box.top < 0 || box.left < 0
              || box.bottom > innerHeight || box.right > innerWidth) {
            wrong.push(`${name} reaches to ${Math.round(box.right)}, ${Math.round(box.bottom)}`);
          }
        }
      };
      whole('picture', '.first figure:not(.heat) svg', 1);
      whole('heat map', '.first .heat svg', 1);
      whole('its key', '.first .heat .key', 1);
      whole('weights', '.strongest tbody tr', 5);
      whole('intervals', '.strongest tbody td:nth-child(4)', 5);
      whole('verdict', '.first .follows', 1);
      whole('precision and samples', '.first .made', 1);
      const [picture, heat] = [...document.querySelectorAll('.first figure svg')]
          .map(each => each.getBoundingClientRect());
      if (!(picture.right <= heat.left && picture.top === heat.top)) wrong.push('not side by side');
      return wrong;
      """;

  /**
   * Text under a contrast of 4.5 to 1 with what is behind it and marks under 3 to 1, as WCAG 2 has
   * it for level AA; numbers on pictures have a rim, to which they are compared.
   */
  static final String CONTRAST =
      COLOURS
          + """
          const wrong = new Set();
          const ask = (found, least, what) => {
            if (!(found >= least)) wrong.add(`${what}: ${found.toFixed(2)}`);
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            const own = text.parentElement;
            if (!text.data.trim() || own.closest('svg, script, style') || !own.checkVisibility()) continue;
            ask(ratio(getComputedStyle(own).color, ground(own)), 4.5, text.data.trim().slice(0, 40));
          }
          for (const tag of document.querySelectorAll('.tags text')) {
            const style = getComputedStyle(tag);
            ask(ratio(style.fill, style.stroke), 4.5, `number ${tag.textContent}`);
          }
          for (const bar of document.querySelectorAll('.bar span, .share span')) {
            ask(ratio(getComputedStyle(bar).backgroundColor, ground(bar.parentElement)), 3, 'a bar');
          }
          return [...wrong];
          """;

  /** All that can be reached by keys, in the order of the page. */
  static final String STOPS =
      """
      const reached = 'a[href], summary, input, button, video[controls], [tabindex="0"]';
      const all = [...document.querySelectorAll('*')];
      return all
          .filter(each => each.checkVisibility() && (each.matches(reached)
              || each.matches('.scroll, .wide') && each.scrollWidth > each.clientWidth
                  && !each.querySelector(reached)))
          .map(each => `${each.localName} ${all.indexOf(each)}`);
      """;

  /** Which of these the keys are at, or nothing. */
  static final String STOP =
      """
      const at = document.activeElement;
      return !at || at === document.body ? ''
          : `${at.localName} ${[...document.querySelectorAll('*')].indexOf(at)}`;
      """;

  /** Where the keys are without a mark that can be seen. */
  static final String FOCUS =
      COLOURS
          + """
              const at = document.activeElement;
              // A video's controls have marks of their own.
          if (at.localName === 'video') return [];
          const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(at);
              if (outlineStyle === 'none' || parseFloat(outlineWidth) < 1) {
                return [`no mark: ${at.outerHTML.slice(0, 60)}`];
              }
              // That of the browser itself is of two colours.
              return outlineStyle === 'auto' || ratio(outlineColor, ground(at)) >= 3 ? []
                  : [`${outlineColor}: ${at.outerHTML.slice(0, 60)}`];
          """;

  private PageFaults() {}
}

package dev.quicklime.cli.pages;

/** Scripts that ask a page what is wrong with it; each returns a list of complaints. */
final class PageFaults {

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
        const ground = light(getComputedStyle(text.closest('svg').querySelector('rect')).fill);
        const own = getComputedStyle(text).fill;
        if (Math.abs(light(own) - ground) < 0.35) wrong.add(`${own}: ${text.textContent}`);
      }
      return [...wrong];
      """;

  private PageFaults() {}
}

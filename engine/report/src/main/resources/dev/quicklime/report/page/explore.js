"use strict";
for (const figure of document.querySelectorAll(".explorer")) {
  const picture = figure.querySelector("svg.parts");
  const parts = [...picture.querySelectorAll(".part")];
  const status = figure.querySelector(".picked");
  if (parts.length === 0) {
    continue;
  }
  const most = figure.querySelector(".most");
  const hint = "Click a superpixel, or use the arrow keys, for its weight.";
  let shown = parts.length;
  let rank = 0;

  const pick = next => {
    rank = next;
    for (const part of parts) {
      part.classList.toggle("picked", Number(part.dataset.rank) === rank);
    }
    if (rank === 0) {
      status.textContent = hint;
      return;
    }
    const part = parts[rank - 1];
    // What is drawn last is on top, and only there is its outline whole.
    part.parentNode.append(part);
    const interval = part.dataset.interval ? ` ${part.dataset.interval} (95 % interval)` : "";
    status.textContent = `Superpixel ${part.dataset.superpixel}: weight ${part.dataset.weight}`
      + `${interval}, number ${rank} of ${parts.length} by strength.`;
  };

  picture.setAttribute("tabindex", "0");
  picture.setAttribute("role", "application");
  picture.addEventListener("click", event => {
    const part = event.target.closest(".part");
    pick(part && !part.classList.contains("off") ? Number(part.dataset.rank) : 0);
  });
  picture.addEventListener("keydown", event => {
    if (event.key === "ArrowRight" || event.key === "ArrowDown") {
      pick(Math.min(rank + 1, shown));
    } else if (event.key === "ArrowLeft" || event.key === "ArrowUp") {
      pick(Math.max(rank - 1, 1));
    } else if (event.key === "Escape") {
      pick(0);
    } else {
      return;
    }
    event.preventDefault();
  });

  if (most) {
    const slider = most.querySelector("input");
    const output = most.querySelector("output");
    const limit = () => {
      shown = Number(slider.value);
      output.textContent = `${shown} of ${parts.length}`;
      for (const part of parts) {
        part.classList.toggle("off", Number(part.dataset.rank) > shown);
      }
      if (rank > shown) {
        pick(0);
      }
    };
    slider.addEventListener("input", limit);
    // A browser may bring back where the slider was before the page was loaded again.
    limit();
    most.hidden = false;
  }
  pick(0);
  status.hidden = false;
}

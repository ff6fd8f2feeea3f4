"""An explanation as HTML: pictures as data, styles in place, nothing fetched and no script."""

from __future__ import annotations

import base64
import math
from html import escape
from typing import TYPE_CHECKING, Optional, Sequence

import numpy as np

from . import _png
from .errors import QuicklimeError

if TYPE_CHECKING:
    from .explanation import Explanation

# The colours of Quicklime's reports, which any common colour blindness tells apart.
_FOR = (0xC4, 0x56, 0x0A)
_AGAINST = (0x1F, 0x5F, 0x9E)
_STRONGEST = 0.8
_SHOWN_WIDTH = 320
_LARGEST_SIDE = 640
_BROWSERS = ((b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"))


def fragment(explanation: "Explanation", classes: Sequence[int], features: int) -> str:
    """The whole: a part for each class, then the notices."""
    picture = _picture(explanation)
    parts = "".join(_class(explanation, index, features, picture) for index in classes)
    notices = "".join(f"<li>{escape(notice)}</li>" for notice in explanation.notices)
    listed = f'<ul style="font-size:90%;max-width:60em">{notices}</ul>' if notices else ""
    return f'<div class="quicklime"><div style="display:flex;flex-wrap:wrap;gap:1.5em">{parts}</div>{listed}</div>'


def tint(explanation: "Explanation", index: int) -> np.ndarray:
    """uint8 [H, W, 4]: the colours of a class's weights, the more opaque the stronger."""
    weights = explanation.coefficients[index]
    strongest = np.nanmax(np.abs(weights), initial=0.0)
    table = np.zeros((len(weights) + 1, 4), np.uint8)
    table[:-1, :3] = np.where((weights < 0)[:, np.newaxis], _AGAINST, _FOR)
    if strongest > 0:
        table[:-1, 3] = np.nan_to_num(255 * _STRONGEST * np.abs(weights) / strongest).round()
    tinted: np.ndarray = table[explanation.segments]
    return tinted


def _class(explanation: "Explanation", index: int, features: int, picture: Optional[str]) -> str:
    label = escape(explanation.labels[index])
    probability = next((scored.probability for scored in explanation.scores if scored.index == index), math.nan)
    told = "" if math.isnan(probability) else f"probability {probability:.3f}, "
    width = min(_SHOWN_WIDTH, explanation.segments.shape[1])
    under = "" if picture is None else f'<img src="{picture}" alt="" style="display:block;width:100%;margin:0"/>'
    # Alone it gives the frame its height; over the picture it takes the picture's.
    place = "display:block;width:100%;margin:0" if picture is None else "position:absolute;left:0;top:0;width:100%;height:100%;margin:0"
    over = _uri(_png.encode(_smaller(tint(explanation, index)), 6), "png")
    return (
        f'<div style="width:{max(width, 280)}px"><strong>{label}</strong><br/>'
        f'<span style="font-size:90%">{told}R² {_shown(explanation.r2[index], ".2f")}</span>'
        f'<div style="position:relative;width:{width}px;margin:.4em 0">{under}'
        f'<img src="{over}" alt="Superpixels that speak for {label} in orange, against it in blue" style="{place}"/></div>'
        f"{_table(explanation, index, features)}</div>"
    )


def _table(explanation: "Explanation", index: int, features: int) -> str:
    listed = explanation.local_exp[index][:features]
    if not listed:
        return "<p>no superpixel has a weight</p>"
    intervals = explanation.intervals(index)
    largest = abs(listed[0][1])
    rows = []
    for part, weight in listed:
        colour = "#%02x%02x%02x" % (_AGAINST if weight < 0 else _FOR)
        margin = (intervals[part, 1] - intervals[part, 0]) / 2
        reach = "" if math.isnan(margin) else f"± {margin:.2g}"
        bar = f'<div style="height:.7em;width:{max(1, round(60 * abs(weight) / largest))}px;background:{colour}"></div>'
        rows.append(
            f'<tr><td style="text-align:right">{part}</td><td style="text-align:right">{weight:+.4g}</td>'
            f'<td style="text-align:left">{reach}</td><td style="text-align:left">{bar}</td></tr>'
        )
    head = '<tr><th style="text-align:right">superpixel</th><th style="text-align:right">weight</th><th></th><th></th></tr>'
    return f'<table style="font-size:90%;white-space:nowrap">{head}{"".join(rows)}</table>'


def _picture(explanation: "Explanation") -> Optional[str]:
    """The picture as data; where it cannot be decoded here, but by every browser, as it is; else None."""
    try:
        return _uri(_png.encode(_smaller(explanation.image), 6), "png")
    except QuicklimeError:
        data = explanation._picture.data if explanation._picture is not None else b""
        for start, kind in _BROWSERS:
            if data.startswith(start):
                return _uri(data, kind)
        return None


def _smaller(pixels: np.ndarray) -> np.ndarray:
    """Every second, third… pixel of what is larger than a notebook shows."""
    step = max(1, math.ceil(max(pixels.shape[:2]) / _LARGEST_SIDE))
    return np.ascontiguousarray(pixels[::step, ::step])


def _uri(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _shown(value: float, form: str) -> str:
    return "undefined" if math.isnan(value) else format(value, form)

"""Which superpixels are marked in a picture, as Python's lime has it."""

from __future__ import annotations

from typing import List, Tuple

import numpy as np

from .errors import InvalidInput


def marks(
    weights: List[Tuple[int, float]], positive_only: bool, negative_only: bool, num_features: int, min_weight: float
) -> List[Tuple[int, int]]:
    """Superpixels that are taken, with 1 where they speak for the class or are all of one kind, and −1 where against it.

    :param weights: superpixels with their weights, the largest first
    """
    if positive_only and negative_only:
        raise InvalidInput("positive_only and negative_only exclude each other: give positive_only=False")
    if positive_only or negative_only:
        sign = 1 if positive_only else -1
        return [(part, 1) for part, weight in weights if sign * weight > max(0.0, min_weight)][:num_features]
    return [(part, -1 if weight < 0 else 1) for part, weight in weights[:num_features] if abs(weight) >= min_weight]


def painted(image: np.ndarray, mask: np.ndarray, hide_rest: bool, coloured: bool) -> np.ndarray:
    """A copy of a picture, [H, W, 3], that shows a mask of marks.

    :param hide_rest: black wherever nothing was taken
    :param coloured: green, the brightest that the picture has, where something speaks for the class, and red where against it
    """
    shown = image.copy()
    brightest = image.max()
    if hide_rest:
        shown[mask == 0] = 0
    if coloured:
        shown[mask < 0, 0] = brightest
        shown[mask > 0, 1] = brightest
    return shown

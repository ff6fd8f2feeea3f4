"""What an explanation says, as arrays."""

from __future__ import annotations

import base64
import binascii
import math
import operator
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

import numpy as np

from . import _html
from ._images import ImageLike, Picture
from ._marks import marks, painted
from .errors import InvalidInput, QuicklimeError, ServiceError, UnknownClass

#: A class by its index or its label.
ClassLike = Union[int, str]

_FIGURES = ("heatmap", "overlay", "gradcam", "labels")


@dataclass(frozen=True)
class Scored:
    """What the model says of a class: ``score`` is raw, ``probability`` its softmax (or sigmoid). Both are in the number format
    that ``originalPrecision`` of the provenance names, which may have more bits than that of the samples."""

    index: int
    label: str
    score: float
    probability: float


class Explanation:
    """The explanation of one picture: plain data, with nothing to close.

    Superpixels are numbered from 0 to d − 1. Weights are in the units of ``target``. Arrays cannot be written to. The names
    ``segments``, ``local_exp``, ``intercept``, ``local_pred``, ``score`` and ``top_labels`` are those of Python's ``lime`` and mean
    the same.

    :ivar json: all of it, as the service sent it and as ``explanation.json`` has it (docs/formats.md)
    :ivar model: the model's name
    :ivar target: what of a score was explained: ``probability``, ``logit``, ``sigmoid`` or ``top1``
    :ivar scores: the best classes of the picture, of which not all need be explained
    :ivar classes: indices of the explained classes, the best first
    :ivar labels: for each of these its name
    :ivar coefficients: for each of these the d weights
    :ivar intercept: for each of these the constant term
    :ivar r2: for each of these R², weighted, on the samples of the fit; NaN where it is undefined
    :ivar score: the same: ``lime`` calls it so
    :ivar local_pred: for each of these what the fit says of the whole picture
    :ivar local_target: for each of these what ``local_pred`` stands beside: the target of the whole picture among its samples, in
        their number format; scores and probabilities may have more bits. NaN where the JSON is older and lacks it
    :ivar local_exp: for each of these the pairs of superpixel and weight, of weights other than 0, the largest first
    :ivar segments: int32 [H, W], the superpixel of each pixel of the picture; −1 where it was cropped away
    :ivar notices: what a reader should know; those of one class begin with its label
    """

    def __init__(self, json: Mapping[str, Any], image: Optional[ImageLike] = None):
        """Reads an explanation.

        :param json: what ``explanation.json`` holds
        :param image: the picture, for whatever shows it: a path, bytes, an open file, a PIL picture or an array
        :raises ServiceError: if it is no explanation
        """
        self.json = json
        self._picture = None if image is None else Picture.of(image)
        try:
            self._read(json)
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as wrong:
            if isinstance(wrong, QuicklimeError):
                raise
            raise ServiceError(f"this is no explanation of Quicklime: {type(wrong).__name__}: {wrong}") from wrong

    def _read(self, json: Mapping[str, Any]) -> None:
        self.model = str(json["model"])
        self.target = str(json["target"])
        self.scores = tuple(_scored(one) for one in json["scores"])
        self._classes: Dict[int, Mapping[str, Any]] = {int(one["index"]): one for one in json["classes"]}
        self.classes: Tuple[int, ...] = tuple(self._classes)
        self.top_labels: List[int] = list(self.classes)
        self.labels: Dict[int, str] = {c: str(one["label"]) for c, one in self._classes.items()}
        self.coefficients: Dict[int, np.ndarray] = {c: _array(one["coefficients"]) for c, one in self._classes.items()}
        self.intercept: Dict[int, float] = {c: _number(one["intercept"]) for c, one in self._classes.items()}
        self.local_pred: Dict[int, float] = {c: _number(one["localPrediction"]) for c, one in self._classes.items()}
        self.local_target: Dict[int, float] = {c: _number(one.get("localTarget")) for c, one in self._classes.items()}
        self.r2: Dict[int, float] = {c: _number(one["r2"]) for c, one in self._classes.items()}
        self.score = self.r2
        self.local_exp: Dict[int, List[Tuple[int, float]]] = {c: _strongest(w) for c, w in self.coefficients.items()}
        self.notices: Tuple[str, ...] = tuple(json["notices"]) + tuple(
            f"{self.labels[c]}: {notice}" for c, one in self._classes.items() for notice in one["notices"]
        )
        count = int(json["segments"])
        self.segments = _segments(json["superpixels"], count)
        for weights in self.coefficients.values():
            if weights.shape != (count,):
                raise ServiceError(f"an explanation of {count} superpixels must have as many weights, got {weights.size}")

    @property
    def image(self) -> np.ndarray:
        """The picture, upright, uint8 [H, W, 3].

        :raises InvalidInput: if it was not given, or needs Pillow to be decoded and that is not installed
        """
        if self._picture is None:
            raise InvalidInput("this explanation has no picture: Explanation(json, image)")
        pixels = self._picture.pixels()
        if pixels.shape[:2] != self.segments.shape:
            raise InvalidInput(
                f"the picture must be of the explanation's size, {self._size(self.segments)}, got {self._size(pixels)}"
            )
        return pixels

    def heatmap(self, cls: Optional[ClassLike] = None) -> np.ndarray:
        """float64 [H, W]: the weight of each pixel's superpixel for a class, by default the best; 0 where nothing was seen."""
        heat: np.ndarray = np.append(self.coefficients[self._class(cls)], 0.0)[self.segments]
        return heat

    def intervals(self, cls: Optional[ClassLike] = None) -> np.ndarray:
        """float64 [d, 2]: the ends of each weight's 95 % interval; NaN where there are none, of which
        :meth:`without_errors` says why."""
        index = self._class(cls)
        weights = self.coefficients[index]
        margins = self._classes[index].get("margins")
        reach = np.full(weights.shape, np.nan) if margins is None else _array(margins)
        return np.stack((weights - reach, weights + reach), axis=1)

    def standard_errors(self, cls: Optional[ClassLike] = None) -> np.ndarray:
        """float64 [d]: of the weights; NaN where there are none."""
        index = self._class(cls)
        errors = self._classes[index].get("standardErrors")
        return np.full(self.coefficients[index].shape, np.nan) if errors is None else _array(errors)

    def without_errors(self, cls: Optional[ClassLike] = None) -> Optional[str]:
        """Why a class has neither standard errors nor intervals; None where it has them."""
        return self._classes[self._class(cls)].get("withoutErrors")

    def figure(self, kind: str, cls: Optional[ClassLike] = None) -> bytes:
        """A PNG that ``explain(include=[kind])`` asked for: ``heatmap``, ``overlay`` or ``gradcam`` of a class, the last one
        Grad-CAM over the picture, or ``labels``, in which a pixel's 16 bits are its superpixel, and 65535 where it was cropped away.

        :raises InvalidInput: if it was not asked for
        """
        holder = self.json if kind == "labels" else self._classes[self._class(cls)]
        figure = holder.get(kind) if kind in _FIGURES else None
        if kind == "gradcam" and isinstance(figure, dict):
            figure = figure.get("overlay")
        if not isinstance(figure, str):
            raise InvalidInput(f"this explanation holds no {kind}: explain(image, include=['{kind}']), of {', '.join(_FIGURES)}")
        try:
            return base64.b64decode(figure, validate=True)
        except (binascii.Error, ValueError) as wrong:
            raise ServiceError(f"the {kind} of this explanation is no base64: {wrong}") from None

    def get_image_and_mask(
        self,
        label: ClassLike,
        positive_only: bool = True,
        negative_only: bool = False,
        hide_rest: bool = False,
        num_features: int = 5,
        min_weight: float = 0.0,
    ) -> Tuple[np.ndarray, np.ndarray]:
        """The picture and a mask of its strongest superpixels, with the meaning that Python's ``lime`` gives them.

        :param label: an explained class
        :param positive_only: take only what speaks for the class: the first ``num_features`` of these
        :param negative_only: take only what speaks against it; not together with ``positive_only``, which is on by default
        :param hide_rest: black wherever nothing was taken
        :param num_features: how many superpixels at most
        :param min_weight: those of smaller weight, by its size, are left out
        :returns: the picture, uint8 [H, W, 3], and the mask, int [H, W]: 1 where superpixels were taken, or −1 where they
            speak against the class; 0 elsewhere. With neither ``…_only`` what speaks for it is the brightest in green, what
            speaks against it in red.
        :raises UnknownClass: a KeyError, if the class was not explained
        """
        index = self._class(label)
        taken = marks(self.local_exp[index], positive_only, negative_only, num_features, min_weight)
        # One more for −1, where the picture was cropped.
        table = np.zeros(len(self.coefficients[index]) + 1, self.segments.dtype)
        for part, mark in taken:
            table[part] = mark
        mask = table[self.segments]
        return painted(self.image, mask, hide_rest, not (positive_only or negative_only)), mask

    def as_html(self, cls: Optional[ClassLike] = None, num_features: int = 10) -> str:
        """A fragment of HTML that fetches nothing: for a class, or else for each, the picture under the colours of its
        weights (orange for it, blue against it), and the ``num_features`` largest with their intervals."""
        chosen = self.classes if cls is None else (self._class(cls),)
        return _html.fragment(self, chosen, num_features)

    def show_in_notebook(self, cls: Optional[ClassLike] = None, num_features: int = 10) -> None:
        """Shows :meth:`as_html` in the cell that is run.

        :raises QuicklimeError: if IPython is not installed
        """
        try:
            from IPython.display import HTML, display  # type: ignore[import-not-found, unused-ignore]
        except ImportError:
            raise QuicklimeError("show_in_notebook needs IPython; as_html() returns what it shows") from None
        display(HTML(self.as_html(cls, num_features)))

    def _repr_html_(self) -> str:
        return self.as_html()

    def __repr__(self) -> str:
        told = ", ".join(f"{self.labels[c]} (R² {self.r2[c]:.2f})" for c in self.classes)
        return f"<quicklime.Explanation by {self.model!r}: {self.json['segments']} superpixels, {told}>"

    def _class(self, cls: Optional[ClassLike]) -> int:
        if cls is None:
            if not self.classes:
                raise UnknownClass("this explanation holds no class")
            return self.classes[0]
        if isinstance(cls, str):
            found = [index for index, label in self.labels.items() if label == cls]
            if len(found) > 1:
                raise UnknownClass(f"{len(found)} explained classes are called {cls!r}: give the index, one of {found}")
        else:
            try:
                index = operator.index(cls)
            except TypeError:
                raise UnknownClass(f"a class must be an index or a label, got {type(cls).__name__}") from None
            found = [index] if index in self._classes else []
        if not found:
            known = ", ".join(f"{index} ({label})" for index, label in self.labels.items())
            raise UnknownClass(f"class {cls!r} was not explained; {known} were: explain(image, classes=[{cls!r}])")
        return found[0]

    @staticmethod
    def _size(pixels: np.ndarray) -> str:
        return f"{pixels.shape[1]}x{pixels.shape[0]}"


def _scored(one: Mapping[str, Any]) -> Scored:
    return Scored(int(one["index"]), str(one["label"]), _number(one["score"]), _number(one["probability"]))


def _number(value: Any) -> float:
    """JSON has null for what is undefined."""
    return math.nan if value is None else float(value)


def _array(values: Any) -> np.ndarray:
    # NumPy makes NaN of None.
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def _strongest(weights: np.ndarray) -> List[Tuple[int, float]]:
    order = np.argsort(-np.abs(weights), kind="stable")
    return [(int(part), float(weights[part])) for part in order if weights[part] != 0 and not np.isnan(weights[part])]


def _segments(superpixels: Mapping[str, Any], count: int) -> np.ndarray:
    """Runs of labels and lengths over the picture's rows, as a map."""
    width, height = int(superpixels["width"]), int(superpixels["height"])
    runs = np.array(superpixels["runs"], dtype=np.int64).reshape(-1, 2)
    labels, lengths = runs[:, 0], runs[:, 1]
    if width < 1 or height < 1 or (lengths < 1).any() or int(lengths.sum()) != width * height:
        raise ServiceError(f"runs of superpixels must fill {width}x{height} pixels, got {int(lengths.sum())}")
    if labels.min() < -1 or labels.max() >= count:
        raise ServiceError(f"superpixels must be numbered from 0 to {count - 1}, got {labels.min()} to {labels.max()}")
    segments = np.repeat(labels.astype(np.int32), lengths).reshape(height, width)
    segments.setflags(write=False)
    return segments

"""``lime``'s image explainer for a classifier that is a Python function, with the work done by Quicklime."""

from __future__ import annotations

import numbers
import operator
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple, Union

import numpy as np

from . import _engine
from ._marks import marks, painted
from ._service import Command
from .errors import InvalidInput, QuicklimeError, UnknownClass

#: From pictures [rows, H, W, C] to scores [rows, classes].
ClassifierFn = Callable[[np.ndarray], Any]

_SEGMENTS = 100

# A picture of more pixels takes SLIC longer than it gains superpixels that look better.
_SEEN_PIXELS = 1 << 20

_SLOTS = 2
_MOST_BYTES_OF_A_PIXEL = 512
_FORWARD_FEATURES = 6
_SURROGATES = {"none": "ridge", "forward_selection": "forward", "highest_weights": "strongest", "lasso_path": "k-lasso"}


class ImageExplanation:
    """What ``explain_instance`` returns, with the names and meanings of ``lime``'s.

    :ivar image: the picture, [H, W, C]; a gray one with its channel three times
    :ivar segments: int [H, W], the label of each pixel's superpixel
    :ivar top_labels: the explained classes, the best first; only where ``top_labels`` were asked for
    :ivar local_exp: for each explained class the pairs of a superpixel's label and its weight, the largest first
    :ivar intercept: for each of them the constant term
    :ivar score: for each of them R², weighted, on the samples of the fit; NaN where its scores do not vary
    :ivar local_pred: for each of them what the fit says of the whole picture, [1]
    """

    def __init__(self, image: np.ndarray, segments: np.ndarray):
        self.image = image
        self.segments = segments
        self.top_labels: List[int] = []
        self.intercept: Dict[int, float] = {}
        self.local_exp: Dict[int, List[Tuple[int, float]]] = {}
        self.local_pred: Dict[int, np.ndarray] = {}
        self.score: Dict[int, float] = {}

    def get_image_and_mask(
        self,
        label: int,
        positive_only: bool = True,
        negative_only: bool = False,
        hide_rest: bool = False,
        num_features: int = 5,
        min_weight: float = 0.0,
    ) -> Tuple[np.ndarray, np.ndarray]:
        """The picture and a mask of its strongest superpixels, as of :meth:`Explanation.get_image_and_mask`; the picture keeps
        its type.

        :raises UnknownClass: a KeyError, if the class was not explained
        """
        if label not in self.local_exp:
            raise UnknownClass(f"class {label!r} was not explained; {', '.join(map(str, self.local_exp))} were")
        taken = marks(self.local_exp[label], positive_only, negative_only, num_features, min_weight)
        kind = self.segments.dtype if self.segments.dtype.kind == "i" else np.dtype(np.int64)
        mask: np.ndarray = np.zeros(self.segments.shape, kind)
        for part, mark in taken:
            mask[self.segments == part] = mark
        return painted(self.image, mask, hide_rest, not (positive_only or negative_only)), mask

    def __repr__(self) -> str:
        told = ", ".join(f"{label} (R² {self.score[label]:.2f})" for label in self.local_exp)
        return f"<quicklime.ImageExplanation: {len(np.unique(self.segments))} superpixels, classes {told}>"


class LimeImageExplainer:
    """Explains pictures for a classifier that is a Python function, as ``lime.lime_image.LimeImageExplainer`` does.

    The same ``random_state``, superpixels and options take the samples that ``lime`` takes, and fit them as it does. The first
    call of a program starts an engine, which later calls of all explainers use, and which ends with the program or by
    :meth:`close_engine`. May be used by several threads at once, if ``random_state`` is no shared ``RandomState``.
    """

    def __init__(
        self,
        kernel_width: float = 0.25,
        kernel: Optional[Callable[..., Any]] = None,
        verbose: bool = False,
        feature_selection: str = "auto",
        random_state: Any = None,
        *,
        command: Optional[Command] = None,
    ):
        """Nothing is started yet.

        :param kernel_width: how fast weights fall with the distance from the whole picture
        :param kernel: a function of the distances [n] and ``kernel_width=`` that returns the weights [n];
            by default √exp(−d²/width²)
        :param verbose: print intercept, local prediction and score of each class
        :param feature_selection: ``auto``, ``forward_selection``, ``highest_weights``, ``lasso_path`` or ``none``
        :param random_state: a seed, a ``numpy.random.RandomState``, or None for NumPy's own
        :param command: the launcher, as of :class:`Explainer`
        """
        self.kernel_width = float(kernel_width)
        self.kernel = kernel
        self.verbose = verbose
        self.feature_selection = feature_selection
        self.random_state = _random_state(random_state)
        self.command = command
        if feature_selection != "auto" and feature_selection not in _SURROGATES:
            known = ", ".join(_SURROGATES)
            raise InvalidInput(f"feature_selection must be auto, {known}, got {feature_selection!r}")

    @staticmethod
    def close_engine() -> None:
        """Ends the engine that all explainers of this program share; the next call starts another."""
        _engine.stop()

    def explain_instance(
        self,
        image: np.ndarray,
        classifier_fn: ClassifierFn,
        labels: Iterable[int] = (1,),
        hide_color: Any = None,
        top_labels: Optional[int] = 5,
        num_features: int = 100000,
        num_samples: int = 1000,
        batch_size: int = 10,
        segmentation_fn: Optional[Callable[[np.ndarray], Any]] = None,
        distance_metric: str = "cosine",
        model_regressor: Any = None,
        random_seed: Optional[int] = None,
        progress_bar: bool = True,
    ) -> ImageExplanation:
        """Explains what a classifier sees in a picture.

        :param image: [H, W, C] or gray [H, W], of any type of numbers
        :param classifier_fn: takes an array [rows, H, W, C] of the picture's own type, and returns scores [rows, classes]. The
            array is memory that the next batches are written to: copy what is to stay. What it raises is raised here.
        :param labels: classes to explain where there are no ``top_labels``
        :param hide_color: what hides superpixels; by default each one's mean, cut to the picture's type
        :param top_labels: explain this many of the best classes of the picture; None for ``labels``
        :param num_features: how many superpixels get a weight, at most
        :param num_samples: samples, the picture itself among them
        :param batch_size: pictures handed over at once, at most
        :param segmentation_fn: from the picture to labels, int [H, W]; by default SLIC by the engine, about 100 superpixels
        :param distance_metric: cosine, euclidean, manhattan, hamming, or another one that scikit-learn has
        :param model_regressor: what is fitted to the features that were selected, with scikit-learn's ``fit(X, y,
            sample_weight=)``, ``score``, ``predict``, ``coef_`` and ``intercept_``; by default a ridge with α = 1
        :param random_seed: not needed by SLIC; where it is None, one is drawn from ``random_state``, as ``lime`` does
        :param progress_bar: show a bar, if ``tqdm`` is installed
        :raises InvalidInput: if an argument, or what ``classifier_fn`` returns, is wrong
        :raises ServiceDied: if the engine is gone; the next call starts another
        """
        image = _picture(image)
        num_samples = _count(num_samples, "num_samples", 2)
        batch_size = min(num_samples, _count(batch_size, "batch_size", 1))
        num_features = _count(num_features, "num_features", 1)
        top_labels = _count(top_labels, "top_labels", 1) if top_labels else None
        if random_seed is None:
            self.random_state.randint(0, high=1000)
        given = None if segmentation_fn is None else _labels(segmentation_fn(image), image)
        with _engine.shared(self.command).connection() as connection:
            run = _Run(connection, image, batch_size)
            segments = given if given is not None else run.segment()
            parts, places = _parts(segments)
            run.fill(places, _filled(image, places, len(parts), hide_color))
            data = self.random_state.randint(0, 2, num_samples * len(parts)).reshape((num_samples, len(parts)))
            data[0, :] = 1
            with _Bar(num_samples, progress_bar) as bar:
                scores = run.score(data, classifier_fn, bar)
            weights = self._weights(data, distance_metric)
            explanation = ImageExplanation(image, segments)
            if top_labels:
                explanation.top_labels = [int(label) for label in np.argsort(scores[0])[-top_labels:]][::-1]
                explained = explanation.top_labels
            else:
                explained = [_label(label, scores.shape[1]) for label in labels]
            fits = _Fits(run, data, scores, weights, self._surrogate(num_features, len(parts)))
            fits.explain(explanation, explained, parts, model_regressor)
        if self.verbose:
            for label in explained:
                told = (explanation.intercept[label], explanation.local_pred[label], scores[0, label])
                print("Intercept {}\nPrediction_local {}\nRight: {}".format(*told))
        return explanation

    def _surrogate(self, num_features: int, superpixels: int) -> Tuple[str, int]:
        method = self.feature_selection
        if method == "auto":
            method = "forward_selection" if num_features <= _FORWARD_FEATURES else "highest_weights"
        if method == "highest_weights" and num_features >= superpixels:
            method = "none"
        return _SURROGATES[method], min(num_features, superpixels)

    def _weights(self, data: np.ndarray, metric: str) -> np.ndarray:
        distances = _distances(data, metric)
        if self.kernel is None:
            weights = np.sqrt(np.exp(-((distances / self.kernel_width) ** 2)))
        else:
            weights = np.asarray(self.kernel(distances, kernel_width=self.kernel_width), np.float64)
        if weights.shape != distances.shape or not (np.isfinite(weights) & (weights >= 0)).all():
            raise InvalidInput(
                f"kernel must return a number of at least 0 for each of {len(distances)} distances, got shape {weights.shape}"
                f" and {np.size(weights) - np.count_nonzero(np.isfinite(weights) & (weights >= 0))} other numbers"
            )
        return weights


class _Run:
    """One picture's arrays in the mapping of a connection, and what is asked about them."""

    def __init__(self, connection: _engine.Connection, image: np.ndarray, batch_size: int):
        self.connection = connection
        self._image = image
        self._batch_size = batch_size
        height, width, channels = image.shape
        self._shape = {"width": width, "height": height, "channels": channels * image.itemsize}
        sizes = (image.nbytes, image.nbytes, 4 * width * height, 3 * width * height, *[batch_size * image.nbytes] * _SLOTS)
        starts = [0]
        for size in sizes:
            starts.append(starts[-1] + -(-size // _engine.PAGE) * _engine.PAGE)
        self._picture, self._filled, self._labels, self._seen, *self._slots = starts[:-1]
        self._mapping = connection.mapping(starts[-1])
        self._at(self._picture, image.shape, image.dtype)[...] = image

    def _at(self, start: int, shape: Tuple[int, ...], kind: Any) -> np.ndarray:
        return _engine.array(self._mapping, start, shape, kind)

    def segment(self) -> np.ndarray:
        """SLIC of the picture, of large ones by every other pixel, or fewer."""
        height, width = self._image.shape[:2]
        step = int(np.ceil(np.sqrt(height * width / _SEEN_PIXELS)))
        seen = _seen(self._image[::step, ::step])
        self._at(self._seen, seen.shape, np.uint8)[...] = seen
        shape = dict(zip(("height", "width", "channels"), seen.shape))
        self.connection.ask({"do": "segment", "segments": _SEGMENTS, "picture": self._seen, "labels": self._labels, **shape})
        labels = self._at(self._labels, seen.shape[:2], np.int32).astype(np.int64)
        return labels.repeat(step, axis=0).repeat(step, axis=1)[:height, :width]

    def fill(self, places: np.ndarray, filled: np.ndarray) -> None:
        """Hands over the superpixel of each pixel, and what hides them."""
        self._at(self._labels, places.shape, np.int32)[...] = places
        self._at(self._filled, filled.shape, filled.dtype)[...] = filled

    def score(self, data: np.ndarray, classifier_fn: ClassifierFn, bar: "_Bar") -> np.ndarray:
        """Scores of all samples, [n, classes]."""
        question = {
            "do": "sample",
            "picture": self._picture,
            "filled": self._filled,
            "labels": self._labels,
            "rows": len(data),
            "batch": self._batch_size,
            "slots": self._slots,
        }
        scores: Optional[np.ndarray] = None
        at = 0
        self.connection.tell({**question, **self._shape}, _packed(data))
        while True:
            head, _ = self.connection.hear()
            if "score" not in head:
                assert scores is not None
                return scores
            rows = head["rows"]
            try:
                found = _scores(classifier_fn(self._at(head["score"], (rows, *self._image.shape), self._image.dtype)), rows)
                if scores is None:
                    scores = np.empty((len(data), found.shape[1]))
                elif found.shape[1] != scores.shape[1]:
                    raise InvalidInput(
                        f"classifier_fn must always return as many scores, {scores.shape[1]} for a picture, got {found.shape[1]}"
                    )
                scores[at : at + rows] = found
                at += rows
                bar.update(rows)
            except BaseException:
                self.connection.hear_the_end()
                raise
            self.connection.tell({"scores": found.size}, found.astype("<f8").tobytes())


class _Fits:
    """The samples of a run, fitted class by class."""

    def __init__(self, run: _Run, data: np.ndarray, scores: np.ndarray, weights: np.ndarray, surrogate: Tuple[str, int]):
        self._run = run
        self._data = data
        self._scores = scores
        self._weights = weights
        self._surrogate = surrogate

    def explain(self, into: ImageExplanation, labels: List[int], parts: np.ndarray, regressor: Any) -> None:
        name, features = self._surrogate
        if regressor is not None and name == "ridge":
            # There is nothing to select.
            every = np.arange(len(parts))
            for label in labels:
                self._regress(into, label, every, parts, regressor)
            return
        columns = [label % self._scores.shape[1] for label in labels]
        question = {"do": "fit", "surrogate": name, "features": features, "classes": columns}
        answer, body = self._run.connection.ask(question, self._weights.astype("<f8").tobytes())
        coefficients = np.frombuffer(body, "<f8").reshape(len(labels), len(parts))
        for label, fit, weights in zip(labels, answer["fits"], coefficients):
            used = np.arange(len(parts)) if name == "ridge" else np.array(sorted(fit["selected"]), dtype=np.intp)
            if regressor is not None:
                self._regress(into, label, used, parts, regressor)
                continue
            into.intercept[label] = fit["intercept"]
            into.score[label] = float("nan") if fit["r2"] is None else fit["r2"]
            into.local_pred[label] = np.array([fit["intercept"] + weights.sum()])
            into.local_exp[label] = _strongest(parts[used], weights[used])

    def _regress(self, into: ImageExplanation, label: int, used: np.ndarray, parts: np.ndarray, regressor: Any) -> None:
        shown, scores = self._data[:, used], self._scores[:, label]
        regressor.fit(shown, scores, sample_weight=self._weights)
        into.intercept[label] = regressor.intercept_
        into.score[label] = regressor.score(shown, scores, sample_weight=self._weights)
        into.local_pred[label] = regressor.predict(shown[:1])
        into.local_exp[label] = _strongest(parts[used], np.asarray(regressor.coef_))


class _Bar:
    """A bar of tqdm, where that is installed and one is wanted."""

    def __init__(self, total: int, shown: bool):
        self._bar: Any = None
        if shown:
            try:
                from tqdm.auto import tqdm  # type: ignore[import-untyped, import-not-found, unused-ignore]
            except ImportError:
                return
            self._bar = tqdm(total=total)

    def update(self, count: int) -> None:
        if self._bar is not None:
            self._bar.update(count)

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


def _random_state(given: Any) -> Any:
    if given is None or given is np.random:
        # What np.random.seed sets.
        return np.random
    if isinstance(given, numbers.Integral):
        return np.random.RandomState(int(given))
    if isinstance(given, np.random.RandomState):
        return given
    raise InvalidInput(f"random_state must be a seed, a numpy.random.RandomState or None, got {type(given).__name__}")


def _count(given: Any, name: str, least: int) -> int:
    try:
        count = operator.index(given)
    except TypeError:
        raise InvalidInput(f"{name} must be a whole number, got {given!r}") from None
    if count < least:
        raise InvalidInput(f"{name} must be at least {least}, got {count}")
    return count


def _picture(given: Any) -> np.ndarray:
    image = np.asarray(given)
    if image.ndim == 2:
        image = np.stack([image] * 3, axis=-1)
    if image.ndim != 3 or image.size == 0 or image.dtype.kind not in "buif":
        raise InvalidInput(f"image must be an array of numbers, [H, W, C] or [H, W], got {image.dtype} of shape {image.shape}")
    if image.shape[2] * image.itemsize > _MOST_BYTES_OF_A_PIXEL:
        raise InvalidInput(
            f"image must have at most {_MOST_BYTES_OF_A_PIXEL} bytes a pixel, got {image.shape[2]} channels of {image.dtype}"
        )
    return np.ascontiguousarray(image)


def _labels(given: Any, image: np.ndarray) -> np.ndarray:
    labels = np.asarray(given)
    if labels.shape != image.shape[:2] or labels.dtype.kind not in "biu":
        raise InvalidInput(
            f"segmentation_fn must return whole numbers of shape {image.shape[:2]}, got {labels.dtype} of shape {labels.shape}"
        )
    return labels


def _parts(segments: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """The labels that there are, in their order, and for each pixel the place of its own among them."""
    if segments.min() >= 0 and segments.max() < segments.size:
        counts = np.bincount(segments.ravel())
        parts = np.flatnonzero(counts)
        places = np.zeros(len(counts), np.int32)
        places[parts] = np.arange(len(parts), dtype=np.int32)
        return parts, places[segments]
    parts, flat = np.unique(segments, return_inverse=True)
    return parts, flat.reshape(segments.shape).astype(np.int32)


def _filled(image: np.ndarray, places: np.ndarray, count: int, hide_color: Any) -> np.ndarray:
    """What hides superpixels, of the picture's shape and type."""
    if hide_color is not None:
        filled = np.empty_like(image)
        try:
            filled[:] = hide_color
        except (TypeError, ValueError, OverflowError):
            raise InvalidInput(
                f"hide_color must be a number of {image.dtype}, or one for each of {image.shape[2]} channels, got {hide_color!r}"
            ) from None
        return filled
    flat = places.ravel()
    areas = np.bincount(flat, minlength=count)
    means = [np.bincount(flat, image[..., c].ravel(), count) / areas for c in range(image.shape[2])]
    filled = np.stack(means, axis=-1).astype(image.dtype)[places]
    return filled


def _seen(image: np.ndarray) -> np.ndarray:
    """What SLIC is to see, uint8 [H, W, 1 or 3]: values up to 1 times 255, others spread over their range."""
    channels = image[..., :3] if image.shape[2] >= 3 else image[..., :1]
    if image.dtype == np.uint8:
        return channels
    values = np.nan_to_num(channels.astype(np.float64), posinf=0, neginf=0)
    least, most = values.min(), values.max()
    if least >= 0 and most <= 1:
        least, most = 0.0, 1.0
    levels: np.ndarray = np.rint((values - least) * (255 / max(most - least, np.finfo(float).tiny))).astype(np.uint8)
    return levels


def _packed(data: np.ndarray) -> bytes:
    """A bit for each superpixel of a sample, in words of 64."""
    bits = np.packbits(data.astype(bool), axis=1, bitorder="little")
    words: np.ndarray = np.zeros((len(data), -(-data.shape[1] // 64) * 8), np.uint8)
    words[:, : bits.shape[1]] = bits
    return words.tobytes()


def _scores(given: Any, rows: int) -> np.ndarray:
    try:
        scores = np.asarray(given, np.float64)
    except (TypeError, ValueError) as wrong:
        raise InvalidInput(f"classifier_fn must return numbers, [{rows}, classes], got {type(given).__name__}: {wrong}") from None
    if scores.ndim != 2 or len(scores) != rows or scores.shape[1] == 0:
        raise InvalidInput(f"classifier_fn must return scores of shape [{rows}, classes] for {rows} pictures, got {scores.shape}")
    if not np.isfinite(scores).all():
        row, column = np.argwhere(~np.isfinite(scores))[0]
        raise InvalidInput(f"classifier_fn must return finite scores, got {scores[row, column]} for class {column}")
    return scores


def _label(given: Any, classes: int) -> int:
    label = _count(given, "labels", -classes)
    if label >= classes:
        raise InvalidInput(f"labels must be below {classes}, the number of classes, got {label}")
    return label


def _distances(data: np.ndarray, metric: Union[str, Callable[..., Any]]) -> np.ndarray:
    """From each sample to the whole picture, which depends on how many superpixels are shown."""
    superpixels = data.shape[1]
    shown = data.sum(axis=1)
    if metric == "cosine":
        return 1 - np.sqrt(shown / superpixels)
    if metric in ("euclidean", "l2"):
        return np.sqrt(superpixels - shown)
    if metric in ("manhattan", "cityblock", "l1"):
        return np.asarray(superpixels - shown, np.float64)
    if metric == "hamming":
        return 1 - shown / superpixels
    try:
        from sklearn.metrics import pairwise_distances  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        raise QuicklimeError(f"distance_metric {metric!r} needs scikit-learn; cosine, euclidean, manhattan and hamming do not") from None
    try:
        found: np.ndarray = pairwise_distances(data, data[:1], metric=metric).ravel()
    except ValueError as wrong:
        raise InvalidInput(f"distance_metric must be one that scikit-learn has, got {metric!r}: {wrong}") from None
    return found


def _strongest(parts: np.ndarray, weights: np.ndarray) -> List[Tuple[int, float]]:
    order = np.argsort(-np.abs(weights), kind="stable")
    return [(int(parts[i]), float(weights[i])) for i in order]

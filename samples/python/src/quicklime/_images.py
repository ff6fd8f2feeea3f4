"""What a caller may give as a picture, as bytes of a file to send and as pixels to draw on."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any, List, Optional

import numpy as np

from . import _png
from .errors import InvalidInput

#: A path, the bytes of a file, an open file, a PIL picture, or an array of [H, W] or [H, W, C].
ImageLike = Any

_ACCEPTED = "a path, bytes, an open file, a PIL picture or an array"


class Picture:
    """A picture as the service gets it: ``data`` is a file in any format it reads, ``name`` what to call it."""

    def __init__(self, data: bytes, name: str, pixels: Optional[np.ndarray] = None):
        self.data = data
        self.name = name
        self._pixels = pixels

    @classmethod
    def of(cls, image: ImageLike) -> "Picture":
        """Reads the picture once; later changes to a file or an array do not matter.

        :raises InvalidInput: if it is none of what is accepted, or cannot be read
        """
        if isinstance(image, cls):
            return image
        if isinstance(image, (str, os.PathLike)):
            return cls(_read(image), os.fsdecode(os.fspath(image)))
        if isinstance(image, (bytes, bytearray, memoryview)):
            return cls(_not_empty(bytes(image), "what was given"), "picture")
        if callable(getattr(image, "read", None)):
            data = image.read()
            if not isinstance(data, bytes):
                raise InvalidInput("a picture's file must be opened in binary mode: open(name, 'rb')")
            name = getattr(image, "name", None)
            return cls(_not_empty(data, "the file"), name if isinstance(name, str) else "picture")
        if _is_pil(image):
            name = getattr(image, "filename", "") or "picture"
            pixels = _pil_pixels(image)
        elif hasattr(image, "__array__") or isinstance(image, (list, tuple)):
            name = "array"
            pixels = array_pixels(image)
        else:
            raise InvalidInput(f"a picture must be {_ACCEPTED}, got {type(image).__name__}")
        return cls(_png.encode(pixels), str(name), _rgb8(pixels))

    def pixels(self) -> np.ndarray:
        """The picture upright, uint8 [H, W, 3]; alpha is dropped.

        :raises InvalidInput: if its format needs Pillow and that is not installed, or it is damaged
        """
        if self._pixels is None:
            self._pixels = _rgb8(_decode(self.data))
        return self._pixels


def pictures(images: Any) -> List[Picture]:
    """One picture, or several as a list, a tuple, an iterator or an array of [N, H, W, C]."""
    if isinstance(images, np.ndarray):
        return [Picture.of(image) for image in images] if images.ndim == 4 else [Picture.of(images)]
    if isinstance(images, (list, tuple)) or (hasattr(images, "__next__") and not hasattr(images, "read")):
        return [Picture.of(image) for image in images]
    if len(getattr(images, "shape", ())) == 4:
        return [Picture.of(image) for image in images]
    return [Picture.of(images)]


def array_pixels(image: Any) -> np.ndarray:
    """Checks an array of [H, W] or [H, W, C], C of 1, 3 or 4: integers of 0 to 255, or uint16 of the whole range.

    :raises InvalidInput: for other shapes, numbers out of range, and floats, of which nobody can tell whether they
        reach to 1 or to 255
    """
    try:
        array = np.asarray(image)
    except Exception as wrong:
        raise InvalidInput(f"the picture cannot be made an array: {_line(wrong)}") from None
    channels = array.shape[2] if array.ndim == 3 else 1
    if array.ndim not in (2, 3) or channels not in (1, 3, 4) or array.size == 0:
        advice = ""
        if array.ndim == 3 and array.shape[0] in (1, 3, 4):
            advice = ": move the channels to the end, image.transpose(1, 2, 0)"
        elif array.ndim == 4:
            advice = ": give one picture of the batch"
        raise InvalidInput(f"a picture must be [H, W] or [H, W, C] with 1, 3 or 4 channels, got shape {list(array.shape)}{advice}")
    if array.dtype in (np.uint8, np.uint16):
        # Not a view: what is drawn later is what was explained.
        return np.array(array.astype(array.dtype.newbyteorder("="), copy=False), order="C")
    if array.dtype.kind == "f":
        low, high = float(array.min()), float(array.max())
        remedy = "(255 * image).round().astype(np.uint8)" if high <= 1 else "image.round().astype(np.uint8)"
        raise InvalidInput(f"a picture must be of integers from 0 to 255, got {array.dtype} from {low:.4g} to {high:.4g}: {remedy}")
    if array.dtype.kind not in "iu":
        raise InvalidInput(f"a picture must be of integers from 0 to 255, got {array.dtype}")
    low, high = int(array.min()), int(array.max())
    if low < 0 or high > 255:
        raise InvalidInput(f"a picture must be of integers from 0 to 255, got {low} to {high}")
    return np.ascontiguousarray(array.astype(np.uint8))


def _read(path: Any) -> bytes:
    name = os.fsdecode(os.fspath(path))
    try:
        data = Path(name).read_bytes()
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or _line(wrong)
        raise InvalidInput(f"the picture {name!r} cannot be read: {reason}") from None
    return _not_empty(data, f"the file {name!r}")


def _not_empty(data: bytes, what: str) -> bytes:
    if not data:
        raise InvalidInput(f"a picture must not be empty, but {what} has no bytes")
    return data


def _is_pil(image: Any) -> bool:
    # Nobody has such a picture without having imported it.
    module = sys.modules.get("PIL.Image")
    return module is not None and isinstance(image, module.Image)


def _pil_pixels(image: Any) -> np.ndarray:
    """As the picture is now: an orientation that PIL has not applied is not applied here."""
    mode = image.mode
    if mode.startswith("I;16"):
        return array_pixels(image)
    if mode in ("L", "RGB", "RGBA"):
        return array_pixels(image)
    if mode in ("LA", "PA", "La", "RGBa") or (mode == "P" and "transparency" in image.info):
        return array_pixels(image.convert("RGBA"))
    if mode in ("1", "P", "CMYK", "YCbCr", "LAB", "HSV", "RGBX"):
        return array_pixels(image.convert("RGB"))
    raise InvalidInput(f"a PIL picture of mode {mode} has no range that everybody agrees on: convert it to RGB or L")


def _decode(data: bytes) -> np.ndarray:
    if _png.is_png(data):
        try:
            return _png.upright(_png_samples(data), _png.orientation(data))
        except InvalidInput:
            if not _has_pillow():
                raise
    if not _has_pillow():
        raise InvalidInput("pixels of a picture that is no PNG need Pillow: pip install pillow, or give an array")
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            return _pil_pixels(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as wrong:
        raise InvalidInput(f"the picture cannot be decoded: {_line(wrong)}") from None


def _png_samples(data: bytes) -> np.ndarray:
    samples = _png.decode(data)
    depth, colour = data[24], data[25]
    if colour == 0 and depth < 8:
        samples = samples * np.uint8(255 // ((1 << depth) - 1))
    return samples


def _has_pillow() -> bool:
    try:
        import PIL.Image  # noqa: F401
    except ImportError:
        return False
    return True


def _rgb8(pixels: np.ndarray) -> np.ndarray:
    if pixels.ndim == 2:
        pixels = pixels[:, :, np.newaxis]
    if pixels.dtype == np.uint16:
        pixels = ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)
    colours = pixels[:, :, :3] if pixels.shape[2] >= 3 else np.repeat(pixels[:, :, :1], 3, axis=2)
    return np.ascontiguousarray(colours)


def _line(wrong: BaseException) -> str:
    return " ".join(str(wrong).split()) or type(wrong).__name__

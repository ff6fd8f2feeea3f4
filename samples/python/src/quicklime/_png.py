"""Reads and writes PNG with zlib and NumPy alone, so that nobody needs Pillow for label maps, masks and arrays.

Read are all colours and depths that are not interlaced; written are 8 and 16 bits, gray or RGB, with or without alpha.
"""

from __future__ import annotations

import struct
import zlib
from typing import Dict, Iterator, List, Tuple

import numpy as np

from .errors import InvalidInput

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_COLOURS = {1: 0, 2: 4, 3: 2, 4: 6}
_MOST_PIXELS = 100_000_000


def is_png(data: bytes) -> bool:
    """Whether the bytes begin as a PNG does."""
    return data[:8] == SIGNATURE


def encode(pixels: np.ndarray, level: int = 1) -> bytes:
    """A PNG of an array of uint8 or uint16, [H, W] or [H, W, C] with C of 1 (gray), 2, 3 (RGB) or 4; 2 and 4 end with alpha."""
    if pixels.ndim == 2:
        pixels = pixels[:, :, np.newaxis]
    height, width, channels = pixels.shape
    depth = 8 * pixels.dtype.itemsize
    rows = np.ascontiguousarray(pixels.astype(pixels.dtype.newbyteorder(">"), copy=False))
    rows = rows.view(np.uint8).reshape(height, -1)
    filtered = np.empty((height, rows.shape[1] + 1), np.uint8)
    # Differences to the row above halve a photograph, and cost one subtraction.
    filtered[:, 0] = 2
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, depth, _COLOURS[channels], 0, 0, 0)
    return b"".join(
        (SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(filtered.tobytes(), level)), _chunk(b"IEND", b""))
    )


def decode(data: bytes) -> np.ndarray:
    """The samples as they are stored: uint8 or uint16 (for a depth of 16), [H, W] for gray, else [H, W, C].

    Palettes become RGB, and fewer than 8 bits are not scaled. Neither transparency by colour nor orientation is applied.

    :raises InvalidInput: if the bytes are no PNG, interlaced, damaged, or of more than 100 million pixels
    """
    chunks = _chunks(data)
    try:
        width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", chunks[b"IHDR"][0])
    except (KeyError, struct.error):
        raise InvalidInput("a PNG without a whole header") from None
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or not width or not height:
        raise InvalidInput(f"a PNG whose header is wrong: {width}x{height}, {depth} bits, colour type {colour}")
    if interlace:
        raise InvalidInput("an interlaced PNG cannot be read here: install Pillow, or save it without interlacing")
    if width * height > _MOST_PIXELS:
        raise InvalidInput(f"a PNG may have {_MOST_PIXELS} pixels here, got {width}x{height}")
    channels = _CHANNELS[colour]
    row = (width * channels * depth + 7) // 8
    raw = _inflate(b"".join(chunks.get(b"IDAT", [])), height * (row + 1))
    lines = np.frombuffer(raw, np.uint8).reshape(height, row + 1)
    samples = _unfilter(lines[:, 1:], lines[:, 0], max(1, channels * depth // 8))
    if depth == 16:
        samples = samples.view(">u2").astype(np.uint16)
    elif depth < 8:
        samples = _unpack(samples, depth)
    samples = samples.reshape(height, -1)[:, : width * channels].reshape(height, width, channels)
    if colour == 3:
        return _colours(samples[:, :, 0], chunks)
    return samples[:, :, 0] if channels == 1 else samples


def orientation(data: bytes) -> int:
    """What EXIF says how to turn the picture, 1 to 8; 1, not at all, where it says nothing."""
    exif = _chunks(data).get(b"eXIf", [b""])[0]
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, start)
        for i in range(count):
            tag, kind, values, value = struct.unpack_from(order + "HHIH", exif, start + 2 + 12 * i)
            if tag == 0x0112 and kind == 3 and values == 1:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def upright(pixels: np.ndarray, turn: int) -> np.ndarray:
    """The picture turned and mirrored as an orientation of EXIF says."""
    if turn in (5, 6, 7, 8):
        pixels = np.swapaxes(pixels, 0, 1)
    if turn in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if turn in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def _chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))


def _chunks(data: bytes) -> Dict[bytes, List[bytes]]:
    if not is_png(data):
        raise InvalidInput("not a PNG")
    found: Dict[bytes, List[bytes]] = {}
    for name, payload in _each_chunk(data):
        found.setdefault(name, []).append(payload)
    return found


def _each_chunk(data: bytes) -> Iterator[Tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 8 + length
        if end + 4 > len(data):
            raise InvalidInput("a PNG that was cut off")
        name = data[at + 4 : at + 8]
        if zlib.crc32(data[at + 4 : end]) != struct.unpack_from(">I", data, end)[0]:
            raise InvalidInput(f"a damaged PNG: the check sum of its part {name.decode('latin-1')!r} is wrong")
        if name == b"IEND":
            return
        yield name, data[at + 8 : end]
        at = end + 4
    raise InvalidInput("a PNG that was cut off")


def _inflate(packed: bytes, size: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        # One byte more than it should be, so that a bomb is not unpacked.
        raw = unpacker.decompress(packed, size + 1)
    except zlib.error as wrong:
        raise InvalidInput(f"a damaged PNG: {wrong}") from None
    if len(raw) != size:
        raise InvalidInput(f"a damaged PNG: {size} bytes of pixels were expected, got {'more' if len(raw) > size else len(raw)}")
    return raw


def _unfilter(filtered: np.ndarray, kinds: np.ndarray, step: int) -> np.ndarray:
    """Undoes the filters of all rows along diagonals: whatever a pixel is told from lies on the two diagonals before."""
    if kinds.max(initial=0) > 4:
        raise InvalidInput(f"a damaged PNG: no filter has the number {int(kinds.max())}")
    if not kinds.any():
        return np.ascontiguousarray(filtered)
    height, width = filtered.shape[0], filtered.shape[1] // step
    # A row above and a column to the left of zeros; (y, x) lies at (y + 1) * (width + 1) + x + 1, the next of its
    # diagonal, (y + 1, x - 1), width further.
    padded = np.zeros((height + 1, width + 1, step), np.uint8)
    padded[1:, 1:] = filtered.reshape(height, width, step)
    flat = padded.reshape(-1, step)
    kinds = kinds[:, np.newaxis]
    for diagonal in range(width + height - 1):
        first = max(0, diagonal - width + 1)
        last = min(height - 1, diagonal)
        start = (first + 1) * (width + 1) + diagonal - first + 1
        stop = start + (last - first) * width + 1

        def at(back: int) -> np.ndarray:
            return flat[start - back : stop - back : width].astype(np.int16)

        left, above, corner = at(1), at(width + 1), at(width + 2)
        kind = kinds[first : last + 1]
        to_left, to_above, to_corner = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
        paeth = np.where(
            (to_left <= to_above) & (to_left <= to_corner), left, np.where(to_above <= to_corner, above, corner)
        )
        told = np.select([kind == 1, kind == 2, kind == 3, kind == 4], [left, above, (left + above) >> 1, paeth], 0)
        flat[start:stop:width] += told.astype(np.uint8)
    return np.ascontiguousarray(padded[1:, 1:]).reshape(height, -1)


def _unpack(packed: np.ndarray, depth: int) -> np.ndarray:
    shifts = np.arange(8 - depth, -1, -depth, dtype=np.uint8)
    return ((packed[:, :, np.newaxis] >> shifts) & ((1 << depth) - 1)).reshape(packed.shape[0], -1)


def _colours(places: np.ndarray, chunks: Dict[bytes, List[bytes]]) -> np.ndarray:
    palette = np.frombuffer(chunks.get(b"PLTE", [b""])[0], np.uint8)
    if palette.size == 0 or palette.size % 3 or places.max(initial=0) >= palette.size // 3:
        raise InvalidInput("a damaged PNG: its palette lacks colours")
    coloured: np.ndarray = palette.reshape(-1, 3)[places]
    return coloured

"""Writes resampled.csv: what Pillow 12 makes of a picture whose value at x, y, channel c is (x*x*7 + y*y*13 + x*y*5 + c*91) mod 256.

    python resampled.py > resampled.csv

Each line: columns, rows, resizeTo, interpolation, columns and rows of the input, CRC-32 of its interleaved RGB bytes, its first twelve bytes.
"""

import zlib

import numpy as np
from PIL import Image

CASES = [
    (37, 23, "16", 12, 12), (23, 37, "16", 12, 12), (300, 200, "32", 28, 28), (301, 200, "33", 28, 28), (20, 13, "64", 56, 40),
    (64, 48, "40x40", 40, 40), (64, 48, "41x30", 28, 28), (9, 9, "9", 9, 9), (9, 9, "9", 4, 4), (10, 9, "9", 5, 4),
    (1, 1, "7", 5, 5), (1, 400, "3", 9, 9), (400, 1, "3", 9, 8), (50, 40, "8", 12, 11), (51, 40, "8", 20, 20), (700, 8, "5", 6, 4),
]

for width, height, to, columns, rows in CASES:
    y, x, c = np.ogrid[0:height, 0:width, 0:3]
    picture = Image.fromarray(((x * x * 7 + y * y * 13 + x * y * 5 + c * 91) % 256).astype(np.uint8))
    for name, how in (("BILINEAR", Image.BILINEAR), ("BICUBIC", Image.BICUBIC)):
        if "x" in to:
            size = tuple(map(int, to.split("x")))
        else:
            side = int(to)
            size = (side, int(side * height / width)) if width <= height else (int(side * width / height), side)
        scaled = np.asarray(picture.resize(size, how))
        out = np.zeros((rows, columns, 3), np.uint8)
        # Where each side is too short, zeros before and behind; where too long, what is cut off is rounded half to even.
        left, top = max(0, columns - size[0]) // 2, max(0, rows - size[1]) // 2
        cut_left, cut_top = (int(round(max(0, a - b) / 2.0)) for a, b in ((size[0], columns), (size[1], rows)))
        part = scaled[cut_top : cut_top + rows, cut_left : cut_left + columns]
        out[top : top + part.shape[0], left : left + part.shape[1]] = part
        first = " ".join(map(str, out.reshape(-1)[:12]))
        print(f"{width},{height},{to},{name},{columns},{rows},{zlib.crc32(out.tobytes())},{first}")

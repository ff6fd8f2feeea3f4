#!/usr/bin/env bash
# OpenCV reads a BMP's colour masks only to tell 555 from 565: other orders of 32-bit colours come out exchanged or shifted, in silence.
#
# A BMP whose compression is BI_BITFIELDS says by three masks which bits of a pixel are red, green and blue. imread of a file of 32 bits for a pixel
# takes no notice of them: where red is the lowest byte, as GPUs and phones hand pixels over, red and blue are exchanged; where the lowest byte is the
# unused one, all colours are shifted by a byte; and three times ten bits are read as bytes. Nothing is returned or logged that tells. Files of 16
# bits with masks other than 555 and 565 are refused, which is safe; but of those that are read the low bits stay empty, so that white is 248
# (and 252), and a picture is up to 3 % too dark. And a file of 24 bits for a pixel with the short header of 12 bytes is given as gray by
# IMREAD_UNCHANGED, which it is not.
#
# What helps is another decoder for BMPs, Pillow's or the JDK's, or a look at the masks before.
#
# Seen with opencv-python-headless 5.0.0.93 and Python 3.11 on Linux, x86-64, and with the preset of OpenCV 4.14.0 for Java; one pixel, red 200,
# green 100, blue 50, or the nearest that the layout has:
#
#   32 bits, red highest         200 100 50
#   32 bits, red lowest          50 100 200
#   32 bits, lowest byte unused  100 50 0
#   three times 10 bits          6 64 200
#   16 bits, 565, white          248 252 248
#   16 bits, red lowest          refused
#   24 bits, header of 12 bytes  gray 124
#
# Needs Python 3.9 or later with pip, and 60 MB of downloads. Exits with 0 where all is as described, with 1 where it is not, and with 2 where
# it could not be tried.
set -euo pipefail

opencv=5.0.0.93
numpy='numpy>=2,<3'

untried() {
  echo "not tried: $*" >&2
  exit 2
}

python=${PYTHON:-python3}
command -v "$python" >/dev/null || untried 'it needs Python'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

"$python" -m pip install --quiet --disable-pip-version-check --target packages "opencv-python-headless==$opencv" "$numpy" >pip.log 2>&1 ||
  { cat pip.log >&2; untried "pip did not get opencv-python-headless $opencv"; }

cat >masks.py <<'PYTHON'
import struct

import cv2

SIDE = 8


def bmp(name, bits, pixel, masks=()):
    """All pixels alike, with the header of 40 bytes and masks behind it, or with that of 12 where there are none."""
    row = pixel.to_bytes(bits // 8, "little") * SIDE
    if masks:
        head = struct.pack("<IiiHHIIiiII", 40, SIDE, SIDE, 1, bits, 3, 0, 0, 0, 0, 0)
    else:
        head = struct.pack("<IHHHH", 12, SIDE, SIDE, 1, bits)
    fields = b"".join(struct.pack("<I", mask) for mask in masks)
    start = 14 + len(head) + len(fields)
    data = row * SIDE
    with open(name, "wb") as file:
        file.write(b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + head + fields + data)


def show(what, bits, pixel, masks=()):
    bmp("one.bmp", bits, pixel, masks)
    picture = cv2.imread("one.bmp", cv2.IMREAD_UNCHANGED)
    if picture is None:
        came = "refused"
    elif picture.ndim == 2:
        came = f"gray {picture[0, 0]}"
    else:
        came = " ".join(str(value) for value in picture[0, 0][2::-1])
    print(f"{what:28} {came}")


show("32 bits, red highest", 32, 0x00C86432, (0xFF0000, 0xFF00, 0xFF))
show("32 bits, red lowest", 32, 0x003264C8, (0xFF, 0xFF00, 0xFF0000))
show("32 bits, lowest byte unused", 32, 0xC8643200, (0xFF000000, 0xFF0000, 0xFF00))
show("three times 10 bits", 32, 800 << 20 | 400 << 10 | 200, (0x3FF00000, 0xFFC00, 0x3FF))
show("16 bits, 565, white", 16, 0xFFFF, (0xF800, 0x7E0, 0x1F))
show("16 bits, red lowest", 16, 0xFFFF, (0x1F, 0x7E0, 0xF800))
show("24 bits, header of 12 bytes", 24, 0xC86432)
PYTHON

cat >expected <<'TEXT'
32 bits, red highest         200 100 50
32 bits, red lowest          50 100 200
32 bits, lowest byte unused  100 50 0
three times 10 bits          6 64 200
16 bits, 565, white          248 252 248
16 bits, red lowest          refused
24 bits, header of 12 bytes  gray 124
TEXT
PYTHONPATH=packages "$python" masks.py 2>errors >out || { cat errors >&2; untried 'OpenCV did not run'; }
"$python" --version
echo "opencv-python-headless $opencv"
cat out
if ! diff expected out >&2; then
  echo 'CHANGED: this is no longer as described.'
  exit 1
fi
echo 'As described.'

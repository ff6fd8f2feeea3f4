import struct
import unittest
import zlib

import numpy as np

from quicklime import InvalidInput, _png

try:
    import PIL.Image
except ImportError:
    PIL = None


def png(width, height, depth, colour, rows, extra=(), interlace=0):
    """A PNG of rows that are filtered already."""

    def chunk(name, payload):
        return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    parts = [chunk(b"IHDR", header), *(chunk(*one) for one in extra), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return _png.SIGNATURE + b"".join(parts)


def filtered(rows, kinds, step):
    """The filters of the PNG specification, byte by byte."""
    out = bytearray()
    for y, kind in enumerate(kinds):
        out.append(kind)
        for x in range(rows.shape[1]):
            left = int(rows[y, x - step]) if x >= step else 0
            above = int(rows[y - 1, x]) if y else 0
            corner = int(rows[y - 1, x - step]) if y and x >= step else 0
            guess = left + above - corner
            paeth = min(((abs(guess - value), at, value) for at, value in enumerate((left, above, corner))))[2]
            told = (0, left, above, (left + above) // 2, paeth)[kind]
            out.append((int(rows[y, x]) - told) % 256)
    return bytes(out)


class PngTest(unittest.TestCase):
    def setUp(self):
        self.random = np.random.default_rng(5)

    def noise(self, *shape, dtype=np.uint8):
        return self.random.integers(0, np.iinfo(dtype).max, shape, dtype, endpoint=True)

    def test_should_read_what_it_writes(self):
        for dtype in (np.uint8, np.uint16):
            for shape in ((1, 1), (7, 13), (64, 3), (2, 5, 2), (1, 9, 3), (33, 1, 3), (8, 8, 4)):
                with self.subTest(dtype=dtype.__name__, shape=shape):
                    pixels = self.noise(*shape, dtype=dtype)
                    read = _png.decode(_png.encode(pixels))
                    self.assertEqual(read.dtype, pixels.dtype)
                    np.testing.assert_array_equal(read, pixels)

    def test_should_write_views_that_are_not_contiguous(self):
        pixels = self.noise(20, 30, 3)
        np.testing.assert_array_equal(_png.decode(_png.encode(pixels[::2, ::-3])), pixels[::2, ::-3])
        swapped = pixels[:, :, 0].astype(">u2") * 200
        np.testing.assert_array_equal(_png.decode(_png.encode(swapped)), swapped)

    def test_should_undo_every_filter_as_the_specification_says(self):
        for colour, depth, channels in ((0, 8, 1), (0, 16, 1), (2, 8, 3), (2, 16, 3), (4, 8, 2), (6, 8, 4), (6, 16, 4)):
            for width, height in ((1, 1), (1, 6), (9, 1), (5, 11), (17, 5)):
                for first in range(5):
                    with self.subTest(colour=colour, depth=depth, size=(width, height), first=first):
                        step = channels * depth // 8
                        rows = self.noise(height, width * step)
                        kinds = [(first + y) % 5 for y in range(height)]
                        read = _png.decode(png(width, height, depth, colour, filtered(rows, kinds, step)))
                        wanted = rows.view(">u2") if depth == 16 else rows
                        np.testing.assert_array_equal(read.reshape(height, -1), wanted)

    def test_should_read_fewer_bits_and_palettes(self):
        palette = self.noise(16, 3)
        for depth in (1, 2, 4):
            for width in (1, 7, 8, 9, 16):
                with self.subTest(depth=depth, width=width):
                    places = self.random.integers(0, 1 << depth, (3, width), np.uint8)
                    row = (width * depth + 7) // 8
                    packed = np.zeros((3, row), np.uint8)
                    for y in range(3):
                        bits = "".join(format(value, "0%db" % depth) for value in places[y]).ljust(8 * row, "0")
                        packed[y] = [int(bits[8 * i : 8 * i + 8], 2) for i in range(row)]
                    rows = filtered(packed, [0, 2, 1], 1)
                    np.testing.assert_array_equal(_png.decode(png(width, 3, depth, 0, rows)), places)
                    coloured = _png.decode(png(width, 3, depth, 3, rows, [(b"PLTE", palette.tobytes())]))
                    np.testing.assert_array_equal(coloured, palette[places])

    def test_should_join_data_that_lies_in_several_parts(self):
        pixels = self.noise(9, 9)
        whole = _png.encode(pixels)
        at = whole.index(b"IDAT") - 4
        (length,) = struct.unpack_from(">I", whole, at)
        data = whole[at + 8 : at + 8 + length]
        parts = b"".join(_png._chunk(b"IDAT", data[i : i + 7]) for i in range(0, length, 7))
        np.testing.assert_array_equal(_png.decode(whole[:at] + parts + whole[at + 12 + length :]), pixels)

    def test_should_refuse_what_is_damaged_in_one_line(self):
        good = _png.encode(self.noise(5, 5))
        wrong_sum = bytearray(good)
        wrong_sum[good.index(b"IDAT") + 6] ^= 1
        cases = {
            "no PNG": b"GIF89a" + good,
            "empty": b"",
            "cut off": good[:-20],
            "without an end": good[:-12],
            "header alone": good[:20],
            "check sum": bytes(wrong_sum),
            "interlaced": png(1, 1, 8, 0, b"\0\0", interlace=1),
            "no such depth": png(1, 1, 3, 0, b"\0\0"),
            "no such colour": png(1, 1, 8, 5, b"\0\0"),
            "no such filter": png(1, 1, 8, 0, b"\x05\0"),
            "no width": png(0, 1, 8, 0, b"\0"),
            "too few bytes": png(4, 4, 8, 0, b"\0" * 10),
            "a bomb": png(4, 4, 8, 0, b"\0" * 10_000_000),
            "too many pixels": png(1 << 30, 1 << 30, 8, 0, b"\0"),
            "no zlib": png(1, 1, 8, 0, b"").replace(zlib.compress(b""), b"12345678"),
            "no palette": png(1, 1, 8, 3, b"\0\0"),
            "a place beyond the palette": png(1, 1, 8, 3, b"\0\x01", [(b"PLTE", b"abc")]),
        }
        for name, data in cases.items():
            with self.subTest(name), self.assertRaises(InvalidInput) as caught:
                _png.decode(data)
            self.assertNotIn("\n", str(caught.exception))

    def test_should_find_an_orientation_in_either_byte_order(self):
        for order, start in (("<", b"II"), (">", b"MM")):
            for turn in range(1, 9):
                exif = start + struct.pack(order + "HIHHHIHHI", 42, 8, 1, 0x0112, 3, 1, turn, 0, 0)
                self.assertEqual(_png.orientation(png(1, 1, 8, 0, b"\0\0", [(b"eXIf", exif)])), turn)
        for exif in (b"", b"II", b"II*\0\xff\xff\xff\xff", b"XX*\0\0\0\0\0", b"II*\0\x08\0\0\0\xff\xff"):
            self.assertEqual(_png.orientation(png(1, 1, 8, 0, b"\0\0", [(b"eXIf", exif)])), 1)

    def test_should_turn_pictures_upright(self):
        picture = np.array([[1, 2, 3], [4, 5, 6]])
        wanted = {
            1: [[1, 2, 3], [4, 5, 6]],
            2: [[3, 2, 1], [6, 5, 4]],
            3: [[6, 5, 4], [3, 2, 1]],
            4: [[4, 5, 6], [1, 2, 3]],
            5: [[1, 4], [2, 5], [3, 6]],
            6: [[4, 1], [5, 2], [6, 3]],
            7: [[6, 3], [5, 2], [4, 1]],
            8: [[3, 6], [2, 5], [1, 4]],
        }
        for turn, turned in wanted.items():
            with self.subTest(turn):
                np.testing.assert_array_equal(_png.upright(picture, turn), turned)

    @unittest.skipIf(PIL is None, "Pillow is not installed")
    def test_should_agree_with_pillow_both_ways(self):
        import io

        smooth = np.add.outer(np.arange(61), np.arange(83)).astype(np.uint8)
        for mode, pixels in (
            ("L", smooth),
            ("RGB", np.dstack([smooth, smooth.T[:61, :61].repeat(2, 1)[:, :83], self.noise(61, 83)])),
            ("RGBA", self.noise(61, 83, 4)),
            ("I;16", self.noise(61, 83, dtype=np.uint16)),
        ):
            with self.subTest(mode):
                theirs = io.BytesIO()
                PIL.Image.fromarray(pixels).save(theirs, "PNG", optimize=True)
                np.testing.assert_array_equal(_png.decode(theirs.getvalue()), pixels)
                with PIL.Image.open(io.BytesIO(_png.encode(pixels))) as read:
                    np.testing.assert_array_equal(np.asarray(read), pixels)


if __name__ == "__main__":
    unittest.main()

import io
import os
import pathlib
import tempfile
import unittest
from unittest import mock

import numpy as np

from quicklime import InvalidInput, _images, _png
from quicklime._images import Picture, pictures

try:
    import PIL.Image
except ImportError:
    PIL = None


class PictureTest(unittest.TestCase):
    def setUp(self):
        self.pixels = np.random.default_rng(1).integers(0, 256, (9, 12, 3), np.uint8)
        self.file = _png.encode(self.pixels)

    def refused(self, image):
        with self.assertRaises(InvalidInput) as caught:
            Picture.of(image)
        self.assertNotIn("\n", str(caught.exception))
        return str(caught.exception)

    def test_should_send_files_as_they_are(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "a.png")
            path.write_bytes(self.file)
            with open(path, "rb") as opened:
                for image in (path, str(path), opened, io.BytesIO(self.file), self.file, bytearray(self.file), memoryview(self.file)):
                    with self.subTest(type(image).__name__):
                        picture = Picture.of(image)
                        self.assertEqual(picture.data, self.file)
                        np.testing.assert_array_equal(picture.pixels(), self.pixels)

    def test_should_send_arrays_without_loss(self):
        gray, alpha = self.pixels[:, :, 0], np.dstack([self.pixels, self.pixels[:, :, :1]])
        wide = gray.astype(np.uint16) * 257
        for array, stored in (
            (self.pixels, self.pixels),
            (gray, gray),
            (gray[:, :, np.newaxis], gray),
            (alpha, alpha),
            (wide, wide),
            (self.pixels.astype(np.int64), self.pixels),
            (self.pixels[:, ::-1], self.pixels[:, ::-1]),
            (self.pixels.tolist(), self.pixels),
        ):
            picture = Picture.of(array)
            np.testing.assert_array_equal(_png.decode(picture.data), stored)
            self.assertEqual(picture.pixels().shape, (9, 12, 3))
            self.assertEqual(picture.pixels().dtype, np.uint8)
        np.testing.assert_array_equal(Picture.of(wide).pixels()[:, :, 1], gray)

    def test_should_take_whatever_becomes_an_array(self):
        class Tensor:
            def __array__(inner, dtype=None, copy=None):
                return self.pixels

        np.testing.assert_array_equal(Picture.of(Tensor()).pixels(), self.pixels)

    def test_should_keep_what_was_sent_when_the_array_changes(self):
        array = self.pixels.copy()
        picture = Picture.of(array)
        array[:] = 0
        np.testing.assert_array_equal(picture.pixels(), self.pixels)

    def test_should_refuse_floats_with_the_remedy(self):
        self.assertIn("(255 * image).round().astype(np.uint8)", self.refused(self.pixels / 255))
        self.assertIn(": image.round().astype(np.uint8)", self.refused(self.pixels.astype(np.float32)))

    def test_should_refuse_what_is_no_picture(self):
        self.assertIn("image.transpose(1, 2, 0)", self.refused(self.pixels.transpose(2, 0, 1)))
        self.assertIn("one picture of the batch", self.refused(self.pixels[np.newaxis]))
        self.assertIn("-1 to 255", self.refused(np.array([[-1, 255]])))
        self.assertIn("0 to 256", self.refused(np.array([[0, 256]])))
        for image in (None, 7, object(), {}, np.zeros(5, np.uint8), np.zeros((0, 4), np.uint8), np.zeros((4, 4), bool),
                      np.zeros((4, 4, 2), np.uint8), [[1, 2], [3]], b"", io.BytesIO(), io.StringIO("text"), "a\0b"):
            with self.subTest(repr(image)[:30]):
                self.refused(image)

    def test_should_name_a_file_that_cannot_be_read(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("No such file", self.refused(os.path.join(folder, "cat.jpg")))
            self.assertIn("directory", self.refused(folder))
            empty = pathlib.Path(folder, "empty.png")
            empty.touch()
            self.assertIn("empty", self.refused(empty))

    def test_should_need_pillow_for_pixels_of_other_formats_only(self):
        picture = Picture.of(b"\xff\xd8\xff\xe0 no whole JPEG")
        with mock.patch.object(_images, "_has_pillow", lambda: False):
            np.testing.assert_array_equal(Picture.of(self.file).pixels(), self.pixels)
            with self.assertRaisesRegex(InvalidInput, "pip install pillow"):
                picture.pixels()

    def test_should_turn_a_png_upright_and_widen_few_bits(self):
        exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
        at = self.file.index(b"IDAT") - 4
        turned = self.file[:at] + _png._chunk(b"eXIf", exif) + self.file[at:]
        np.testing.assert_array_equal(Picture.of(turned).pixels(), np.rot90(self.pixels, -1))
        from test_png import png

        np.testing.assert_array_equal(Picture.of(png(3, 1, 2, 0, b"\0\x1b")).pixels()[0, :, 0], [0, 85, 170])

    @unittest.skipIf(PIL is None, "Pillow is not installed")
    def test_should_take_pil_pictures_of_every_mode_with_a_range(self):
        rgb = PIL.Image.fromarray(self.pixels)
        np.testing.assert_array_equal(_png.decode(Picture.of(rgb).data), self.pixels)
        for mode in ("1", "L", "P", "CMYK", "YCbCr", "HSV", "LA", "RGBA"):
            with self.subTest(mode):
                picture = Picture.of(rgb.convert(mode) if mode not in ("HSV",) else rgb.convert("HSV"))
                self.assertEqual(picture.pixels().shape, (9, 12, 3))
        gray = rgb.convert("L")
        np.testing.assert_array_equal(Picture.of(gray).pixels()[:, :, 2], np.asarray(gray))
        wide = np.asarray(gray).astype(np.uint16) * 257
        np.testing.assert_array_equal(_png.decode(Picture.of(PIL.Image.fromarray(wide)).data), wide)
        for mode in ("I", "F"):
            self.assertIn("mode " + mode, self.refused(gray.convert(mode)))

    @unittest.skipIf(PIL is None, "Pillow is not installed")
    def test_should_decode_other_formats_upright_with_pillow(self):
        image = PIL.Image.fromarray(np.add.outer(np.arange(40), np.arange(60)).astype(np.uint8))
        exif = PIL.Image.Exif()
        exif[0x0112] = 6
        file = io.BytesIO()
        image.save(file, "JPEG", quality=95, exif=exif)
        pixels = Picture.of(file.getvalue()).pixels()
        self.assertEqual(pixels.shape, (60, 40, 3))
        # The upper left corner, the darkest, is at the upper right once it is upright.
        self.assertLess(int(pixels[0, -1, 0]), 8)
        with self.assertRaisesRegex(InvalidInput, "cannot be decoded"):
            Picture.of(b"no picture at all").pixels()

    @unittest.skipIf(PIL is None, "Pillow is not installed")
    def test_should_decode_an_interlaced_png_with_pillow(self):
        from test_png import png

        interlaced = png(1, 1, 8, 0, b"\0\x07", interlace=1)
        self.assertEqual(Picture.of(interlaced).pixels().tolist(), [[[7, 7, 7]]])

    def test_should_tell_one_picture_from_several(self):
        batch = np.stack([self.pixels, self.pixels])
        for images, count in ((self.pixels, 1), (self.file, 1), (batch, 2), ([self.pixels], 1), ((self.file, self.pixels), 2),
                              (iter([self.file] * 3), 3), (io.BytesIO(self.file), 1), ([], 0)):
            self.assertEqual(len(pictures(images)), count)


if __name__ == "__main__":
    unittest.main()

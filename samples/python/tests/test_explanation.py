import base64
import copy
import json
import math
import sys
import types
import unittest
from unittest import mock

import numpy as np
from fake_service import explanation

import quicklime
from quicklime import Explanation, _html, _png

PICTURE = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
SEGMENTS = np.array([[0, 0, 0, 1, 1, 1], [2, 2, 2, 3, 3, 3], [2, 2, 2, 3, 3, 3], [-1] * 6])


def marked(explained, weights, positive_only, negative_only, hide_rest, num_features, min_weight):
    """What lime's method promises, pixel by pixel, over pairs of superpixel and weight."""
    if positive_only:
        listed = [pair for pair in weights if pair[1] > 0 and pair[1] > min_weight][:num_features]
    elif negative_only:
        listed = [pair for pair in weights if pair[1] < 0 and -pair[1] > min_weight][:num_features]
    else:
        listed = [pair for pair in weights[:num_features] if not abs(pair[1]) < min_weight]
    both = not positive_only and not negative_only
    mask = np.zeros((4, 6), int)
    shown = np.zeros_like(PICTURE) if hide_rest else PICTURE.copy()
    for part, weight in listed:
        for y in range(4):
            for x in range(6):
                if explained.segments[y, x] == part:
                    mask[y, x] = -1 if both and weight < 0 else 1
                    shown[y, x] = PICTURE[y, x]
                    if both:
                        shown[y, x, 0 if weight < 0 else 1] = PICTURE.max()
    return shown, mask


class ExplanationTest(unittest.TestCase):
    def setUp(self):
        self.json = explanation()
        self.explained = Explanation(self.json, PICTURE)

    def test_should_hold_what_the_json_says(self):
        e = self.explained
        self.assertIs(e.json, self.json)
        self.assertEqual((e.classes, e.top_labels, e.labels), ((281, 7), [281, 7], {281: "tabby", 7: "<cock>"}))
        self.assertEqual((e.model, e.target), ("net.pt", "probability"))
        self.assertEqual(e.scores[2], quicklime.Scored(1, "goldfish", 0.0, 0.1))
        np.testing.assert_array_equal(e.coefficients[281], [0.5, -0.25, 0.125, 0])
        self.assertEqual(e.local_exp[281], [(0, 0.5), (1, -0.25), (2, 0.125)])
        self.assertEqual(e.local_exp[7], [(0, -0.75), (3, 0.5), (1, 0.25)])
        self.assertEqual((e.intercept[281], e.local_pred[281], e.r2[281], e.score[281]), (0.1, 0.475, 0.9, 0.9))
        self.assertEqual(e.local_target[281], 0.5)
        self.assertTrue(math.isnan(e.local_target[7]))
        self.assertTrue(math.isnan(e.r2[7]))
        self.assertEqual(e.notices, ("a notice of the picture", "tabby: a notice of the fit"))
        self.assertEqual(repr(e), "<quicklime.Explanation by 'net.pt': 4 superpixels, tabby (R² 0.90), <cock> (R² nan)>")

    def test_should_decode_runs_across_the_ends_of_rows(self):
        self.assertEqual(self.explained.segments.dtype, np.int32)
        np.testing.assert_array_equal(self.explained.segments, SEGMENTS)
        self.json["superpixels"] = {"width": 3, "height": 3, "runs": [-1, 2, 0, 2, 3, 5]}
        np.testing.assert_array_equal(Explanation(self.json).segments, [[-1, -1, 0], [0, 3, 3], [3, 3, 3]])

    def test_should_map_weights_to_pixels(self):
        heat = self.explained.heatmap(281)
        self.assertEqual((heat.dtype, heat.shape), (np.float64, (4, 6)))
        np.testing.assert_array_equal(heat[0], [0.5, 0.5, 0.5, -0.25, -0.25, -0.25])
        np.testing.assert_array_equal(heat[2], [0.125, 0.125, 0.125, 0, 0, 0])
        np.testing.assert_array_equal(heat[3], np.zeros(6))
        np.testing.assert_array_equal(self.explained.heatmap(), heat)
        np.testing.assert_array_equal(self.explained.heatmap("<cock>"), self.explained.heatmap(np.int64(7)))

    def test_should_give_intervals_or_say_why_not(self):
        np.testing.assert_allclose(self.explained.intervals(281)[1], [-0.29, -0.21])
        np.testing.assert_array_equal(self.explained.standard_errors(281), [0.01, 0.02, 0.03, 0.04])
        self.assertIsNone(self.explained.without_errors(281))
        self.assertEqual(self.explained.intervals(7).shape, (4, 2))
        self.assertTrue(np.isnan(self.explained.intervals(7)).all())
        self.assertTrue(np.isnan(self.explained.standard_errors(7)).all())
        self.assertEqual(self.explained.without_errors(7), "a penalty biases the weights")
        self.json["classes"][0]["margins"][2] = None
        self.assertEqual(np.isnan(Explanation(self.json).intervals(281)).sum(), 2)

    def test_should_mark_as_lime_promises(self):
        for label in (281, 7):
            weights = self.explained.local_exp[label]
            for positive, negative in ((True, False), (False, True), (False, False)):
                for hide in (False, True):
                    for features in (0, 1, 2, 3, 100):
                        for least in (-1.0, 0.0, 0.125, 0.25, 0.6):
                            asked = (positive, negative, hide, features, least)
                            with self.subTest(label=label, asked=asked):
                                shown, mask = self.explained.get_image_and_mask(label, *asked)
                                wanted, wanted_mask = marked(self.explained, weights, *asked)
                                np.testing.assert_array_equal(mask, wanted_mask)
                                np.testing.assert_array_equal(shown, wanted)
                                self.assertEqual(shown.dtype, np.uint8)

    def test_should_mark_five_that_speak_for_the_class_by_default(self):
        shown, mask = self.explained.get_image_and_mask(281)
        np.testing.assert_array_equal(mask, np.isin(SEGMENTS, [0, 2]))
        np.testing.assert_array_equal(shown, PICTURE)
        shown[:] = 0
        np.testing.assert_array_equal(self.explained.image, PICTURE)

    def test_should_refuse_both_signs_at_once_and_unknown_classes(self):
        with self.assertRaisesRegex(ValueError, "positive_only=False"):
            self.explained.get_image_and_mask(281, negative_only=True)
        for cls in (1, "dog", None.__class__, 2.5, -281):
            with self.subTest(cls), self.assertRaises(KeyError) as caught:
                self.explained.get_image_and_mask(cls)
            self.assertIsInstance(caught.exception, quicklime.UnknownClass)
            self.assertFalse(str(caught.exception).startswith("'"))
        with self.assertRaisesRegex(quicklime.UnknownClass, r"281 \(tabby\), 7 \(<cock>\)"):
            self.explained.heatmap(1)

    def test_should_ask_for_the_index_where_two_classes_share_a_name(self):
        self.json["classes"][1]["label"] = "tabby"
        with self.assertRaisesRegex(quicklime.UnknownClass, r"\[281, 7\]"):
            Explanation(self.json).heatmap("tabby")

    def test_should_do_without_a_picture_until_one_is_needed(self):
        alone = Explanation(self.json)
        alone.heatmap(281)
        self.assertIn("tabby", alone.as_html())
        with self.assertRaisesRegex(quicklime.InvalidInput, "no picture"):
            alone.get_image_and_mask(281)
        with self.assertRaisesRegex(quicklime.InvalidInput, "6x4, got 4x6"):
            Explanation(self.json, PICTURE.transpose(1, 0, 2)).get_image_and_mask(281)

    def test_should_not_let_arrays_be_written_to(self):
        for array in (self.explained.segments, self.explained.coefficients[281]):
            with self.assertRaises(ValueError):
                array[0] = 1

    def test_should_hold_explanations_without_any_weight(self):
        self.json["classes"][0]["coefficients"] = [0, 0, 0, None]
        empty = Explanation(self.json, PICTURE)
        self.assertEqual(empty.local_exp[281], [])
        self.assertEqual(empty.get_image_and_mask(281, positive_only=False)[1].any(), False)
        self.assertIn("no superpixel has a weight", empty.as_html())
        self.json["classes"] = []
        with self.assertRaises(quicklime.UnknownClass):
            Explanation(self.json).heatmap()

    def test_should_refuse_what_is_no_explanation(self):
        def changed(*path_and_value):
            *path, last, value = path_and_value
            wrong = copy.deepcopy(self.json)
            holder = wrong
            for step in path:
                holder = holder[step]
            holder[last] = value
            return wrong

        runs = ("superpixels", "runs")
        for wrong in ({}, {"error": "x"}, changed("classes", None), changed("classes", 0, "index", "x"), changed(*runs, [0, 5]),
                      changed(*runs, [0, 25]), changed(*runs, [0, 24, 1]), changed(*runs, [0, 30, 1, -6]), changed(*runs, [4, 24]),
                      changed(*runs, [-2, 24]), changed(*runs, []), changed(*runs, ["a", 24]), changed("segments", 5),
                      changed("superpixels", "width", 0), changed("classes", 0, "coefficients", [[1]]), changed("notices", None),
                      changed("classes", 0, "coefficients", ["a", 1, 2, 3]), changed("superpixels", "width", 10**30)):
            with self.subTest(str(wrong)[:40]), self.assertRaises(quicklime.ServiceError):
                Explanation(wrong)

    def test_should_hand_out_figures_that_were_asked_for(self):
        labels = np.where(SEGMENTS < 0, 65535, SEGMENTS).astype(np.uint16)
        self.json["labels"] = base64.b64encode(_png.encode(labels)).decode()
        self.json["classes"][1]["overlay"] = base64.b64encode(b"PNG").decode()
        self.json["classes"][1]["gradcam"] = {"overlay": base64.b64encode(b"CAM").decode()}
        explained = Explanation(self.json)
        np.testing.assert_array_equal(_png.decode(explained.figure("labels")), labels)
        self.assertEqual(explained.figure("overlay", 7), b"PNG")
        self.assertEqual(explained.figure("gradcam", 7), b"CAM")
        for kind, cls in (("overlay", 281), ("heatmap", 7), ("gradcam", 281), ("notices", None)):
            with self.assertRaisesRegex(quicklime.InvalidInput, f"holds no {kind}"):
                explained.figure(kind, cls)
        self.json["labels"] = "no base64!"
        with self.assertRaises(quicklime.ServiceError):
            Explanation(self.json).figure("labels")

    def test_should_read_what_was_written_to_a_file(self):
        again = Explanation(json.loads(json.dumps(self.json)))
        np.testing.assert_array_equal(again.heatmap(7), self.explained.heatmap(7))


class HtmlTest(unittest.TestCase):
    def setUp(self):
        self.json = explanation()

    def test_should_show_every_class_with_its_table(self):
        html = Explanation(self.json, PICTURE)._repr_html_()
        for text in ("<strong>tabby</strong>", "probability 0.700, R² 0.90", "+0.5</td>", "± 0.02", "-0.75</td>", "R² undefined",
                     "<li>a notice of the picture</li>"):
            self.assertIn(text, html)
        self.assertEqual(html.count("data:image/png;base64,"), 4)
        self.assertNotIn("http", html)

    def test_should_escape_whatever_comes_from_elsewhere(self):
        self.json["notices"] = ["<script>alert(1)</script>"]
        self.json["classes"][0]["label"] = '"><b>'
        html = Explanation(self.json, PICTURE).as_html()
        for text in ("<script", "<cock>", '"><b>'):
            self.assertNotIn(text, html)

    def test_should_show_one_class_and_as_many_weights_as_asked(self):
        html = Explanation(self.json, PICTURE).as_html("tabby", num_features=2)
        self.assertNotIn("cock", html)
        self.assertEqual(html.count("<tr>"), 3)

    def test_should_be_well_formed(self):
        import xml.etree.ElementTree as tree

        for image in (PICTURE, None):
            tree.fromstring(Explanation(self.json, image).as_html())

    def test_should_tint_by_sign_and_size(self):
        tint = _html.tint(Explanation(self.json), 281)
        self.assertEqual(tint[0, 0].tolist(), [0xC4, 0x56, 0x0A, 204])
        self.assertEqual(tint[0, 5].tolist(), [0x1F, 0x5F, 0x9E, 102])
        self.assertEqual(tint[3, 0, 3], 0)
        self.assertEqual(tint[1, 5, 3], 0)

    def test_should_leave_a_photograph_to_the_browser_where_it_cannot_be_decoded(self):
        html = Explanation(self.json, b"\xff\xd8\xff\xe0 a JPEG")
        self.assertIn("data:image/jpeg;base64,", html.as_html())
        self.assertNotIn("data:image/tiff", Explanation(self.json, b"II*\0").as_html())

    def test_should_show_large_pictures_smaller(self):
        large = explanation(3000, 2000)
        html = Explanation(large, np.zeros((2000, 3000, 3), np.uint8)).as_html(281)
        self.assertLess(len(html), 20_000)
        found = html.split("data:image/png;base64,")[1].split('"')[0]
        self.assertEqual(_png.decode(base64.b64decode(found)).shape, (400, 600, 3))

    def test_should_show_itself_in_a_notebook(self):
        shown = []
        display = types.ModuleType("IPython.display")
        display.HTML, display.display = (lambda html: html), shown.append
        with mock.patch.dict(sys.modules, {"IPython": types.ModuleType("IPython"), "IPython.display": display}):
            Explanation(self.json, PICTURE).show_in_notebook(7)
        self.assertIn("&lt;cock&gt;", shown[0])
        with mock.patch.dict(sys.modules, {"IPython": None, "IPython.display": None}):
            with self.assertRaisesRegex(quicklime.QuicklimeError, "as_html"):
                Explanation(self.json, PICTURE).show_in_notebook()


if __name__ == "__main__":
    unittest.main()

"""Against Quicklime itself: QUICKLIME_COMMAND=samples/quicklime python -m unittest discover -s samples/python/tests"""

import os
import threading
import time
import unittest

import numpy as np

import quicklime
from quicklime import _png


def scene():
    """A disc on a gradient, which every model scores somehow."""
    y, x = np.mgrid[0:180, 0:240]
    pixels = np.dstack([x, y, 255 - x]).astype(np.uint8)
    pixels[(y - 90) ** 2 + (x - 120) ** 2 < 50**2] = (230, 200, 20)
    return pixels


@unittest.skipUnless(os.environ.get("QUICKLIME_COMMAND"), "QUICKLIME_COMMAND does not name a launcher")
class IntegrationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        start = time.monotonic()
        cls.explainer = quicklime.Explainer()
        print(f"\nready after {time.monotonic() - start:.1f} s: {cls.explainer!r}")
        cls.picture = scene()
        figures = ["heatmap", "overlay", "gradcam", "labels"]
        cls.explained = cls.explainer.explain(cls.picture, samples=200, surrogate="ridge", include=figures)

    @classmethod
    def tearDownClass(cls):
        cls.explainer.close()

    def test_should_predict_probabilities(self):
        predicted = self.explainer.predict([self.picture, self.picture[:, ::-1]])
        self.assertEqual(predicted.shape[0], 2)
        np.testing.assert_allclose(predicted.sum(axis=1), 1, atol=1e-3)
        best = self.explained.scores[0]
        self.assertAlmostEqual(predicted[0, best.index], best.probability, delta=0.02)

    def test_should_explain_over_the_whole_picture(self):
        e = self.explained
        self.assertEqual(e.segments.shape, (180, 240))
        self.assertEqual(e.segments.max() + 1, e.json["segments"])
        self.assertEqual(e.json["samples"], 200)
        for cls in e.classes:
            self.assertAlmostEqual(e.intercept[cls] + e.coefficients[cls].sum(), e.local_pred[cls], places=6)
            intervals = e.intervals(cls)
            self.assertTrue((intervals[:, 0] <= e.coefficients[cls]).all() and (e.coefficients[cls] <= intervals[:, 1]).all())
        self.assertEqual(e.get_image_and_mask(e.classes[0])[1].shape, (180, 240))
        self.assertIn("<table", e._repr_html_())

    def test_should_find_the_same_superpixels_in_the_label_map(self):
        labels = _png.decode(self.explained.figure("labels")).astype(np.int32)
        labels[labels == 65535] = -1
        np.testing.assert_array_equal(labels, self.explained.segments)
        for kind in ("heatmap", "overlay", "gradcam"):
            self.assertTrue(_png.is_png(self.explained.figure(kind)))

    def test_should_explain_the_same_again(self):
        again = self.explainer.explain(self.picture, samples=200, surrogate="ridge")
        for cls in self.explained.classes:
            np.testing.assert_allclose(again.coefficients[cls], self.explained.coefficients[cls], atol=1e-6)

    def test_should_pass_on_every_kind_of_option(self):
        e = self.explainer.explain(self.picture, samples=64, tiles="4x4", classes=[0], no_intercept=True, stop_error=0.5, surrogate="ols")
        self.assertEqual((e.classes, e.json["segments"], e.intercept[0]), ((0,), 16, 0))
        lime = self.explainer.explain(self.picture, preset="lime", samples=128, features=6)
        self.assertLessEqual(len(lime.local_exp[lime.classes[0]]), 6)

    def test_should_tell_the_progress(self):
        told = []
        self.explainer.explain(self.picture, samples=3000, seed=7, progress=lambda *counts: told.append(counts))
        self.assertGreater(len(told), 0)
        self.assertEqual(told, sorted(told))
        self.assertLessEqual(told[-1][0], told[-1][1])

    def test_should_take_a_picture_that_does_not_compress(self):
        noise = np.random.default_rng(0).integers(0, 256, (4500, 4500, 3), np.uint8)
        self.assertEqual(self.explainer.predict(noise).shape[0], 1)

    def test_should_explain_for_more_threads_than_the_queue_has_places(self):
        with quicklime.Explainer(queue=2, workers=1) as explainer:
            found = []

            def explain(seed):
                found.append(explainer.explain(self.picture, samples=40, seed=seed, timeout=120).classes)

            threads = [threading.Thread(target=explain, args=(seed,)) for seed in range(12)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(found, [self.explained.classes] * 12)

    def test_should_say_which_option_is_wrong(self):
        for options in (dict(samples=-1), dict(surrogate="none-such"), dict(no_such_option=1), dict(classes=[10**6]), dict(include=["x"])):
            with self.subTest(options), self.assertRaises(quicklime.InvalidInput) as caught:
                self.explainer.explain(self.picture, **options)
            self.assertNotIn("\n", str(caught.exception))
            self.assertEqual(caught.exception.status, 400)

    def test_should_say_that_a_file_is_no_picture(self):
        with self.assertRaises(quicklime.InvalidInput):
            self.explainer.explain(b"no picture")

    def test_should_end_with_its_time(self):
        with self.assertRaises(quicklime.TimedOut):
            self.explainer.explain(self.picture, samples=100_000, timeout=0.5)
        # The work has ended with the call.
        self.explainer.explain(self.picture, samples=50, timeout=30)

    def test_should_name_a_model_that_is_missing(self):
        with self.assertRaises(quicklime.StartFailed) as caught:
            quicklime.Explainer("no-such-model.pt")
        self.assertIn("no-such-model.pt", str(caught.exception))


if __name__ == "__main__":
    unittest.main()

"""LimeImageExplainer, with an engine of NumPy's, and with Quicklime's own where QUICKLIME_COMMAND names a launcher."""

import errno
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import unittest
import warnings
from unittest import mock

import numpy as np

import quicklime
from quicklime import _engine

FAKE = [sys.executable, str(pathlib.Path(__file__).with_name("fake_engine.py"))]
PATHS = os.pathsep.join(path for path in sys.path if path)
LABELS = np.repeat(np.repeat(np.arange(12).reshape(3, 4), 8, 0), 9, 1)
QUIET = dict(progress_bar=False)


def picture(kind=np.uint8, channels=3):
    pixels = np.random.RandomState(0).randint(0, 256, (24, 36, channels))
    return pixels.astype(kind) if np.dtype(kind).kind != "f" else (pixels / 255).astype(kind)


def means(batch):
    """Three classes: two parts of the picture and a product of both."""
    values = batch.reshape(len(batch), 24, 36, -1).astype(float)
    first, second = values[:, :8, :18].mean((1, 2, 3)), values[:, 16:, 18:].mean((1, 2, 3))
    return np.stack([first, second, first * second], axis=1)


def given(_):
    return LABELS


def composed(image, filled, data):
    return np.where((data[:, LABELS] == 1)[..., None], image, filled)


def ridge(data, y, weights, alpha=1.0):
    mean, middle = np.average(data, axis=0, weights=weights), np.average(y, weights=weights)
    z = data - mean
    beta = np.linalg.solve((z * weights[:, None]).T @ z + alpha * np.eye(z.shape[1]), (z * weights[:, None]).T @ (y - middle))
    return beta, middle - mean @ beta


@unittest.skipIf(os.name != "posix", "an engine is started on Linux and macOS only")
class Engines(unittest.TestCase):
    """What must hold for whoever composes and fits."""

    command = None

    @classmethod
    def setUpClass(cls):
        if cls is Engines:
            raise unittest.SkipTest("what others are")

    @classmethod
    def tearDownClass(cls):
        quicklime.LimeImageExplainer.close_engine()

    def explainer(self, **options):
        return quicklime.LimeImageExplainer(**{"random_state": 7, "command": self.command, **options})

    def test_should_take_the_samples_and_the_fit_of_lime(self):
        image = picture()
        found = self.explainer().explain_instance(image, means, segmentation_fn=given, num_samples=203, **QUIET)

        state = np.random.RandomState(7)
        state.randint(0, high=1000)
        data = state.randint(0, 2, 203 * 12).reshape(203, 12)
        data[0] = 1
        filled = image.copy()
        for part in range(12):
            filled[LABELS == part] = image[LABELS == part].mean(0)
        scores = means(composed(image, filled, data))
        weights = np.sqrt(np.exp(-((1 - np.sqrt(data.sum(1) / 12)) ** 2) / 0.25**2))
        self.assertEqual(found.top_labels, np.argsort(scores[0])[::-1].tolist())
        for label in found.top_labels:
            beta, intercept = ridge(data, scores[:, label], weights)
            size = np.abs(beta).max()
            self.assertEqual(sorted(part for part, _ in found.local_exp[label]), list(range(12)))
            for part, weight in found.local_exp[label]:
                self.assertAlmostEqual(weight, beta[part], delta=1e-9 * size)
            sizes = [abs(weight) for _, weight in found.local_exp[label]]
            self.assertEqual(sizes, sorted(sizes, reverse=True))
            self.assertAlmostEqual(found.intercept[label], intercept, delta=1e-8 * size)
            self.assertAlmostEqual(found.local_pred[label][0], intercept + beta.sum(), delta=1e-8 * size)
            self.assertTrue(0 < found.score[label] <= 1)

    def test_should_hand_over_the_very_numbers_of_any_type(self):
        for kind in (np.uint8, np.int16, np.uint16, np.float16, np.float32, np.float64, np.bool_, ">f4"):
            for channels in (1, 3, 4):
                image = picture(kind, channels)
                if image.dtype.kind == "f":
                    # As no number is composed, none can be lost.
                    image[0, 0, 0], image[3, 3, 0], image[5, 5, 0] = -0.0, np.nan, -1e3
                batches = []

                def score(batch, batches=batches):
                    batches.append(batch.copy())
                    return np.ones((len(batch), 2))

                self.explainer().explain_instance(
                    image, score, segmentation_fn=given, num_samples=23, batch_size=5, hide_color=1, top_labels=1, **QUIET
                )
                self.assertEqual([len(batch) for batch in batches], [5, 5, 5, 5, 3])
                state = np.random.RandomState(7)
                state.randint(0, high=1000)
                data = state.randint(0, 2, 23 * 12).reshape(23, 12)
                data[0] = 1
                wanted = composed(image, np.ones_like(image), data)
                self.assertEqual({batch.dtype for batch in batches}, {image.dtype})
                self.assertEqual(b"".join(batch.tobytes() for batch in batches), wanted.astype(image.dtype).tobytes())

    def test_should_take_gray_pictures_and_views(self):
        gray = picture()[:, :, 0]
        found = self.explainer().explain_instance(gray, means, segmentation_fn=given, num_samples=20, **QUIET)
        self.assertEqual(found.image.shape, (24, 36, 3))
        view = np.asfortranarray(picture())[::-1]
        shown = []
        self.explainer().explain_instance(
            view, lambda b: (shown.append(b[0].copy()), means(b))[1], segmentation_fn=given, num_samples=20, **QUIET
        )
        np.testing.assert_array_equal(shown[0], view)

    def test_should_hide_by_means_cut_to_the_type(self):
        rows = []
        image = picture()
        self.explainer().explain_instance(
            image, lambda b: (rows.extend(b.copy()), means(b))[1], segmentation_fn=given, num_samples=50, **QUIET
        )
        values = {tuple(row[0, 0]) for row in rows}
        mean = tuple(image[LABELS == 0].mean(0).astype(np.uint8))
        self.assertEqual(values, {tuple(image[0, 0]), mean})

    def test_should_compose_by_labels_with_gaps(self):
        seen = self.explainer().explain_instance(
            picture(), means, segmentation_fn=lambda _: LABELS * 10 - 30, num_samples=80, **QUIET
        )
        plain = self.explainer().explain_instance(picture(), means, segmentation_fn=given, num_samples=80, **QUIET)
        self.assertEqual([(10 * part - 30, w) for part, w in plain.local_exp[0]], seen.local_exp[0])
        _, mask = seen.get_image_and_mask(0, num_features=2)
        self.assertEqual(mask.sum(), 2 * 72)

    def test_should_segment_by_itself(self):
        y, x = np.mgrid[0:60, 0:80]
        image = np.dstack([x * 3, y * 4, 255 - x * 3]).astype(np.uint8)
        for one in (image, image[:, :, 0], image / 255.0, image.astype(np.int32) * 100, np.dstack([image, image])):
            found = self.explainer().explain_instance(one, lambda b: b.mean((1, 2))[:, :2], num_samples=30, **QUIET)
            self.assertEqual(found.segments.shape, (60, 80))
            self.assertGreater(found.segments.max(), 2)

    def test_should_segment_large_pictures_by_fewer_pixels(self):
        image = np.zeros((1101, 2203, 3), np.uint8)
        image[:, 1300:] = 200
        found = self.explainer().explain_instance(image, lambda b: b.mean((1, 2)), num_samples=10, batch_size=2, **QUIET)
        self.assertEqual(found.segments.shape, (1101, 2203))
        block = found.segments[:1100, :2202].reshape(550, 2, 1101, 2)
        self.assertTrue((block == block[:, :1, :, :1]).all())

    def test_should_explain_the_labels_asked_for(self):
        run = dict(segmentation_fn=given, num_samples=60, **QUIET)
        found = self.explainer().explain_instance(picture(), means, labels=(2, 0, -1), top_labels=None, **run)
        self.assertEqual(list(found.local_exp), [2, 0, -1])
        self.assertEqual(found.local_exp[2], found.local_exp[-1])
        best = np.argsort(means(picture()[None])[0])[::-1].tolist()
        self.assertEqual(self.explainer().explain_instance(picture(), means, top_labels=2, **run).top_labels, best[:2])
        for labels in ((3,), (-4,), ("a",)):
            with self.assertRaises(quicklime.InvalidInput):
                self.explainer().explain_instance(picture(), means, labels=labels, top_labels=None, **run)

    def test_should_fit_a_regressor_and_a_kernel_of_the_callers(self):
        class Regressor:
            def fit(self, x, y, sample_weight):
                self.coef_, self.intercept_ = ridge(x, y, sample_weight, alpha=3.0)

            def score(self, x, y, sample_weight):
                return 0.25

            def predict(self, x):
                return self.intercept_ + x @ self.coef_

        run = dict(segmentation_fn=given, num_samples=90, **QUIET)
        plain = self.explainer().explain_instance(picture(), means, **run)
        other = self.explainer().explain_instance(picture(), means, model_regressor=Regressor(), **run)
        self.assertEqual(other.score[0], 0.25)
        self.assertLess(abs(other.local_exp[0][0][1]), abs(plain.local_exp[0][0][1]))
        few = self.explainer(feature_selection="highest_weights")
        self.assertEqual(len(few.explain_instance(picture(), means, num_features=4, model_regressor=Regressor(), **run).local_exp[0]), 4)
        flat = self.explainer(kernel=lambda d, kernel_width: np.ones(len(d))).explain_instance(picture(), means, **run)
        wide = self.explainer(kernel_width=1e6).explain_instance(picture(), means, **run)
        for (a, x), (b, y) in zip(flat.local_exp[0], wide.local_exp[0]):
            self.assertEqual(a, b)
            self.assertAlmostEqual(x, y, delta=1e-6 * abs(flat.local_exp[0][0][1]))
        for wrong in (lambda d, kernel_width: d[:3], lambda d, kernel_width: d - 1, lambda d, kernel_width: d * np.nan):
            with self.assertRaises(quicklime.InvalidInput):
                self.explainer(kernel=wrong).explain_instance(picture(), means, **run)

    def test_should_pass_on_what_the_classifier_raises_and_go_on(self):
        calls = []

        def failing(batch, error):
            calls.append(len(batch))
            if len(calls) == 3:
                raise error
            return means(batch)

        engine = _engine.shared(self.command)
        with engine.connection():
            pass
        kept = len(engine._idle)
        for error in (ValueError("my own"), KeyboardInterrupt(), SystemExit(3), ZeroDivisionError()):
            calls.clear()
            with self.assertRaises(type(error)) as caught:
                self.explainer().explain_instance(
                    picture(), lambda b, e=error: failing(b, e), segmentation_fn=given, num_samples=200, **QUIET
                )
            self.assertIs(caught.exception, error)
            self.assertEqual(len(calls), 3)
        self.assertEqual(len(engine._idle), kept)
        self.assertTrue(self.explainer().explain_instance(picture(), means, segmentation_fn=given, num_samples=20, **QUIET).local_exp)

    def test_should_say_what_the_classifier_returns_wrongly(self):
        for wrong, word in (
            (lambda b: b.mean((1, 2, 3)), "shape"),
            (lambda b: means(b)[:-1], "shape"),
            (lambda b: np.zeros((len(b), 0)), "shape"),
            (lambda b: None, "classifier_fn"),
            (lambda b: [["a"]] * len(b), "numbers"),
            (lambda b: means(b) * np.nan, "finite"),
            (lambda b: means(b) / 0 if len(b) == 2 else means(b), "finite"),
            (lambda b: means(b)[:, : 2 if len(b) == 2 else 3], "as many"),
        ):
            with self.assertRaises(quicklime.InvalidInput) as caught, np.errstate(all="ignore"):
                self.explainer().explain_instance(picture(), wrong, segmentation_fn=given, num_samples=12, **QUIET)
            self.assertIn(word, str(caught.exception))
            self.assertNotIn("\n", str(caught.exception))

    def test_should_explain_for_several_threads_and_within_a_classifier(self):
        plain = self.explainer().explain_instance(picture(), means, segmentation_fn=given, num_samples=60, **QUIET).local_exp
        found = []

        def nested(batch):
            if len(batch) == 7:
                found.append(self.explainer().explain_instance(picture(), means, segmentation_fn=given, num_samples=60, **QUIET))
            return means(batch)

        def explain():
            found.append(
                self.explainer().explain_instance(picture(), nested, segmentation_fn=given, num_samples=60, batch_size=53, **QUIET)
            )

        threads = [threading.Thread(target=explain) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 8)
        for one in found:
            self.assertEqual(one.local_exp, plain)

    def test_should_take_pictures_of_all_sizes_one_after_the_other(self):
        for size in ((24, 36), (240, 360), (24, 36), (8, 9), (501, 333)):
            image = np.random.RandomState(1).randint(0, 256, (*size, 3)).astype(np.uint8)
            labels = (np.arange(size[1]) * 5 // size[1] + 0 * np.arange(size[0])[:, None]).astype(np.uint16)
            found = self.explainer().explain_instance(
                image, lambda b: b.mean((1, 2)), segmentation_fn=lambda _, l=labels: l, num_samples=40, **QUIET
            )
            self.assertEqual(len(found.local_exp[found.top_labels[0]]), 5)
            self.assertEqual(found.get_image_and_mask(found.top_labels[0])[1].shape, size)

    def test_should_leave_nothing_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            script = f"""
                import numpy as np, os, signal, quicklime
                from quicklime import _engine
                found = quicklime.LimeImageExplainer(command={self.command!r}).explain_instance(
                    np.zeros((40, 50, 3), np.uint8), lambda b: np.ones((len(b), 2)), num_samples=20, progress_bar=False,
                    segmentation_fn=lambda image: np.arange(2000).reshape(40, 50) // 500)
                engine = next(iter(_engine._engines.values()))
                print(engine.folder, engine._process.pid, os.listdir(engine.folder), flush=True)
                HOW
            """
            for how in ("pass", "os.kill(os.getpid(), signal.SIGKILL)", "raise KeyboardInterrupt"):
                file = pathlib.Path(folder, "script.py")
                file.write_text(textwrap.dedent(script).replace("HOW", how))
                ran = subprocess.run(
                    [sys.executable, str(file)], env={**os.environ, "PYTHONPATH": PATHS}, capture_output=True, text=True, timeout=300
                )
                private, pid, *names = ran.stdout.split(maxsplit=2)
                self.assertEqual(names, ["['socket']\n"], ran.stderr)
                end = time.monotonic() + 20
                while (os.path.exists(private) or pathlib.Path("/proc", pid).exists()) and time.monotonic() < end:
                    time.sleep(0.05)
                self.assertFalse(os.path.exists(private), how)


@unittest.skipIf(os.name != "posix", "an engine is started on Linux and macOS only")
class FakeEngineTest(Engines):
    command = [*FAKE, "well"]

    def test_should_say_that_the_engine_ended(self):
        with self.assertRaises(quicklime.StartFailed) as caught:
            self.explainer(command=[*FAKE, "ends"]).explain_instance(picture(), means, **QUIET)
        self.assertIn("it has no memory at all", str(caught.exception))

    def test_should_start_another_engine_after_one_that_died(self):
        explainer = self.explainer()
        run = dict(segmentation_fn=given, num_samples=40, **QUIET)
        explainer.explain_instance(picture(), means, **run)
        engine = _engine.shared(self.command)

        def killing(batch):
            os.killpg(engine._process.pid, signal.SIGKILL)
            return means(batch)

        with self.assertRaises(quicklime.ServiceDied):
            explainer.explain_instance(picture(), killing, **run)
        self.assertTrue(explainer.explain_instance(picture(), means, **run).local_exp)

    def test_should_tell_what_the_engine_refuses_or_fails_at(self):
        with self.assertRaises(quicklime.InvalidInput) as caught:
            self.explainer(command=[*FAKE, "refuses"]).explain_instance(picture(), means, **QUIET)
        self.assertEqual(str(caught.exception), "the picture is too small")
        with self.assertRaises(quicklime.ServiceError):
            self.explainer(command=[*FAKE, "fails"]).explain_instance(picture(), means, segmentation_fn=given, **QUIET)
        with self.assertRaises(quicklime.QuicklimeError):
            self.explainer(command=[*FAKE, "dies"]).explain_instance(picture(), means, segmentation_fn=given, **QUIET)

    def test_should_put_batches_on_disk_where_memory_has_no_room(self):
        explainer = self.explainer()
        image = np.zeros((400, 300, 3), np.uint8)
        run = dict(segmentation_fn=lambda _: np.arange(120000).reshape(400, 300) // 40000, num_samples=40, **QUIET)
        engine = _engine.shared(self.command)
        engine.stop()
        engine = _engine.shared(self.command)
        full = OSError(errno.ENOSPC, "no space left")
        reserve = _engine._reserve
        asked = []

        def without_memory(handle, size):
            asked.append(size)
            if len(asked) == 1:
                raise full
            reserve(handle, size)

        with tempfile.TemporaryDirectory() as folder, mock.patch.object(tempfile, "tempdir", folder):
            with mock.patch.object(_engine, "_reserve", without_memory):
                self.assertTrue(explainer.explain_instance(image, lambda b: b.mean((1, 2)), **run).local_exp)
            self.assertEqual(len(asked), 2)
            self.assertEqual(os.listdir(folder), [])
            with mock.patch.object(_engine, "_reserve", side_effect=full), self.assertRaises(quicklime.InvalidInput) as caught:
                explainer.explain_instance(image, lambda b: b.mean((1, 2)), **{**run, "batch_size": 20})
            self.assertIn("batch_size", str(caught.exception))
            self.assertEqual(os.listdir(folder), [])
        self.assertEqual(os.listdir(engine.folder), ["socket"])
        self.assertTrue(explainer.explain_instance(image, lambda b: b.mean((1, 2)), **run).local_exp)

    def test_should_be_interrupted_anywhere_and_go_on(self):
        class Interrupted(Exception):
            pass

        def interrupt(*_):
            raise Interrupted

        run = dict(segmentation_fn=given, num_samples=400, batch_size=4, **QUIET)
        plain = self.explainer().explain_instance(picture(), means, **run).local_exp
        before = signal.signal(signal.SIGALRM, interrupt)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        interrupted = 0
        for turn in range(40):
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.0005 + 0.0007 * turn)
                try:
                    self.explainer().explain_instance(picture(), means, **run)
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
            except Interrupted:
                interrupted += 1
            self.assertEqual(self.explainer().explain_instance(picture(), means, **run).local_exp, plain)
        self.assertGreater(interrupted, 5)

    def test_should_not_speak_in_a_fork(self):
        explainer = self.explainer()
        run = dict(segmentation_fn=given, num_samples=40, **QUIET)
        plain = explainer.explain_instance(picture(), means, **run).local_exp
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if self.explainer().explain_instance(picture(), means, **run).local_exp == plain else 1)
            finally:
                os._exit(2)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertEqual(self.explainer().explain_instance(picture(), means, **run).local_exp, plain)

    def test_should_refuse_wrong_arguments_in_one_line(self):
        image = picture()
        for options in (
            dict(image=np.zeros((2, 3, 4, 5))),
            dict(image=np.zeros((0, 4, 3))),
            dict(image=np.array([["a"]])),
            dict(image=np.zeros((4, 4, 100))),
            dict(num_samples=1),
            dict(num_samples=2.5),
            dict(batch_size=0),
            dict(num_features=0),
            dict(top_labels=-1),
            dict(hide_color="red"),
            dict(hide_color=(1, 2)),
            dict(segmentation_fn=lambda _: LABELS[1:]),
            dict(segmentation_fn=lambda _: LABELS / 2),
        ):
            with self.subTest(options), self.assertRaises(quicklime.InvalidInput) as caught:
                self.explainer().explain_instance(
                    **{"image": image, "classifier_fn": means, "segmentation_fn": given, **QUIET, **options}
                )
            self.assertNotIn("\n", str(caught.exception))
        for options in (dict(feature_selection="best"), dict(random_state="seed")):
            with self.subTest(options), self.assertRaises(quicklime.InvalidInput):
                self.explainer(**options)

    def test_should_draw_from_numpys_own_state_without_another(self):
        run = dict(segmentation_fn=given, num_samples=40, **QUIET)
        np.random.seed(11)
        first = self.explainer(random_state=None).explain_instance(picture(), means, **run).local_exp
        np.random.seed(11)
        self.assertEqual(self.explainer(random_state=None).explain_instance(picture(), means, **run).local_exp, first)
        state = np.random.RandomState(11)
        self.assertEqual(self.explainer(random_state=state).explain_instance(picture(), means, **run).local_exp, first)

    def test_should_measure_every_distance(self):
        try:
            from sklearn.metrics import pairwise_distances
        except ImportError:
            self.skipTest("scikit-learn is not installed")
        from quicklime.lime_image import _distances

        data = np.random.RandomState(0).randint(0, 2, (40, 9))
        data[0], data[1] = 1, 0
        for metric in ("cosine", "euclidean", "l2", "manhattan", "cityblock", "l1", "hamming", "jaccard"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                wanted = pairwise_distances(data, data[:1], metric=metric).ravel()
                np.testing.assert_allclose(_distances(data, metric), wanted, atol=1e-12, err_msg=metric)
        with self.assertRaises(quicklime.InvalidInput):
            _distances(data, "no-such-metric")


@unittest.skipUnless(os.environ.get("QUICKLIME_COMMAND"), "QUICKLIME_COMMAND does not name a launcher")
class EngineTest(Engines):
    def test_should_select_as_lime_does(self):
        run = dict(segmentation_fn=given, num_samples=150, **QUIET)
        state = np.random.RandomState(7)
        state.randint(0, high=1000)
        data = state.randint(0, 2, 150 * 12).reshape(150, 12)
        data[0] = 1
        image = picture()
        filled = np.zeros_like(image)
        scores = means(composed(image, filled, data))[:, 2]
        weights = np.sqrt(np.exp(-((1 - np.sqrt(data.sum(1) / 12)) ** 2) / 0.25**2))
        ranked = np.argsort(-np.abs(ridge(data, scores, weights, 0.01)[0]))
        chosen = []
        for _ in range(4):
            rest = []
            for part in set(range(12)) - set(chosen):
                columns = data[:, [*chosen, part]]
                beta, intercept = ridge(columns, scores, weights, 1e-12)
                rest.append(((weights * (scores - intercept - columns @ beta) ** 2).sum(), part))
            chosen.append(min(rest)[1])
        for selection, features, wanted in (
            ("auto", 4, chosen),
            ("forward_selection", 4, chosen),
            ("auto", 8, ranked[:8]),
            ("highest_weights", 4, ranked[:4]),
            ("none", 4, range(12)),
            ("auto", 100, range(12)),
        ):
            found = self.explainer(feature_selection=selection).explain_instance(
                image, means, labels=(2,), top_labels=None, hide_color=0, num_features=features, **run
            )
            parts = sorted(part for part, _ in found.local_exp[2])
            self.assertEqual(parts, sorted(wanted), (selection, features))
            beta, _ = ridge(data[:, parts], scores, weights)
            got = dict(found.local_exp[2])
            np.testing.assert_allclose([got[part] for part in parts], beta, rtol=1e-7)
        lasso = self.explainer(feature_selection="lasso_path").explain_instance(image, means, num_features=3, **run)
        self.assertLessEqual(len(lasso.local_exp[2]), 3)


if __name__ == "__main__":
    unittest.main()

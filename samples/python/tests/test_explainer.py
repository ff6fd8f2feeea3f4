import base64
import pathlib
import unittest

import numpy as np
from fake_service import FakeService, explanation

import quicklime
from quicklime import _png

PICTURE = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


class ExplainerTest(unittest.TestCase):
    def setUp(self):
        self.service = FakeService()
        self.addCleanup(self.service.__exit__)
        self.client = quicklime.Explainer(url=self.service.url)

    def last(self):
        return self.service.posts()[-1]

    def test_should_explain_with_options_by_their_names(self):
        explained = self.client.explain(
            PICTURE, samples=np.int64(500), stop_error=0.1, classes=[281, "tabby"], no_intercept=True, tiles=None,
            fill=pathlib.PurePosixPath("gray"), mean=np.array([1.0, 2.0]), include=["overlay"], timeout=30,
        )
        self.assertEqual(explained.classes, (281, 7))
        self.assertEqual(self.last().path, "/v1/models/net:explain")
        parameters = self.last().body["parameters"]
        self.assertTrue(29_000 < parameters.pop("timeout_ms") <= 30_000)
        self.assertEqual(
            parameters,
            {"samples": 500, "stop_error": 0.1, "classes": [281, "tabby"], "no_intercept": True, "fill": "gray",
             "mean": [1.0, 2.0], "include": ["overlay"]},
        )

    def test_should_send_the_picture_without_loss(self):
        self.client.explain(PICTURE)
        (instance,) = self.last().body["instances"]
        np.testing.assert_array_equal(_png.decode(base64.b64decode(instance["image"]["b64"])), PICTURE)

    def test_should_give_the_explanation_its_picture(self):
        shown, mask = self.client.explain(PICTURE).get_image_and_mask("tabby", hide_rest=True)
        np.testing.assert_array_equal(shown, PICTURE * mask[:, :, np.newaxis].astype(np.uint8))

    def test_should_take_one_figure_by_its_name(self):
        self.client.explain(PICTURE, include="labels")
        self.assertEqual(self.last().body["parameters"]["include"], ["labels"])

    def test_should_refuse_options_that_json_cannot_hold(self):
        for value in (object(), {1, 2}, float("nan"), b"x", 1j):
            with self.subTest(value), self.assertRaises(quicklime.InvalidInput):
                self.client.explain(PICTURE, samples=value)
        self.assertEqual(self.service.posts(), [])

    def test_should_predict_one_or_several(self):
        for images, count in ((PICTURE, 1), ([PICTURE, _png.encode(PICTURE)], 2), (np.stack([PICTURE] * 3), 3)):
            predicted = self.client.predict(images)
            self.assertEqual((predicted.shape, predicted.dtype), ((count, 3), np.float64))
            self.assertEqual(self.last().path, "/v1/models/net:predict")
        with self.assertRaisesRegex(quicklime.InvalidInput, "got none"):
            self.client.predict([])

    def test_should_predict_any_number_in_requests_that_are_not_too_large(self):
        noise = np.random.default_rng(0).integers(0, 256, (2200, 2200, 3), np.uint8)
        self.assertEqual(self.client.predict([PICTURE] * 40).shape, (40, 3))
        self.assertEqual([len(post.body["instances"]) for post in self.service.posts()], [16, 16, 8])
        self.client.predict([noise, noise, PICTURE])
        self.assertEqual([len(post.body["instances"]) for post in self.service.posts()[3:]], [1, 2])

    def test_should_refuse_predictions_that_are_no_matrix(self):
        for rows in ([[1, 2], [3]], [["a"], ["b"]], [[1]], None):
            with FakeService(lambda *_: (200, {"predictions": rows})) as service:
                with self.subTest(rows), self.assertRaises(quicklime.ServiceError):
                    quicklime.Explainer(url=service.url).predict([PICTURE, PICTURE])

    def test_should_list_models_and_choose_by_name(self):
        with FakeService(models=["b", {"name": "a/1 ä"}]) as service:
            with self.assertRaisesRegex(quicklime.InvalidInput, "2 models: give one as name=, of a/1 ä, b"):
                quicklime.Explainer(url=service.url)
            with self.assertRaisesRegex(quicklime.InvalidInput, "no model 'c'"):
                quicklime.Explainer(url=service.url, name="c")
            client = quicklime.Explainer(url=service.url + "/", name="a/1 ä")
            self.assertEqual(client.models(), ["b", "a/1 ä"])
            client.explain(PICTURE)
            self.assertEqual(service.posts()[-1].path, "/v1/models/a%2F1%20%C3%A4:explain")
        with FakeService(models=[]) as service, self.assertRaisesRegex(quicklime.InvalidInput, "none at all|0 models"):
            quicklime.Explainer(url=service.url, name="x")

    def test_should_refuse_a_server_that_is_no_service(self):
        with FakeService() as service:
            with self.assertRaises(quicklime.NotFound):
                quicklime.Explainer(url=service.url + "/elsewhere")
            service._usual = lambda request: (200, ["net"])
            with self.assertRaisesRegex(quicklime.ServiceError, "no service of Quicklime"):
                quicklime.Explainer(url=service.url)

    def test_should_refuse_arguments_that_contradict_each_other(self):
        url = self.service.url
        for arguments in (dict(model="a.pt", url=url), dict(command="x", url=url), dict(url=url, device="cpu"), dict(token="t"),
                          dict(model="a.pt", token="t")):
            with self.subTest(arguments), self.assertRaises(quicklime.InvalidInput):
                quicklime.Explainer(**arguments)

    def test_should_refuse_calls_once_it_is_closed(self):
        with self.client as client:
            self.assertEqual(repr(client), f"<quicklime.Explainer of 'net' at {self.service.url}>")
            explained = client.explain(PICTURE)
        self.assertIn("(closed)", repr(client))
        client.close()
        for call in (lambda: client.explain(PICTURE), lambda: client.predict(PICTURE), client.models):
            with self.assertRaisesRegex(quicklime.QuicklimeError, "closed"):
                call()
        self.assertEqual(explained.classes, (281, 7))

    def test_should_explain_a_file_of_any_format_unseen(self):
        with FakeService(lambda *_: (200, {"explanations": [explanation()]})) as service:
            explained = quicklime.Explainer(url=service.url).explain(b"\0\0\0\x1cftypheic of a telephone")
            self.assertEqual(explained.heatmap().shape, (4, 6))
            self.assertEqual(base64.b64decode(service.posts()[0].body["instances"][0]["image"]["b64"])[4:8], b"ftyp")


if __name__ == "__main__":
    unittest.main()

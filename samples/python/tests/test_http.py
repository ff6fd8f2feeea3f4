import email.utils
import json
import os
import socket
import threading
import time
import unittest
from unittest import mock

import numpy as np
from fake_service import FakeService, explanation, reset, send

import quicklime
from quicklime import _http

PICTURE = np.zeros((4, 6, 3), np.uint8)
ANSWER = {"explanations": [explanation()]}


def explainer(service, **options):
    return quicklime.Explainer(url=service.url, token=service.token, **options)


class HttpTest(unittest.TestCase):
    def explain(self, answer, **options):
        with FakeService(answer) as service, explainer(service, **options) as client:
            try:
                return client.explain(PICTURE)
            finally:
                self.posts = service.posts()

    def failure(self, kind, answer, **options):
        with self.assertRaises(kind) as caught:
            self.explain(answer, **options)
        self.assertNotIn("\n", str(caught.exception))
        return caught.exception

    def test_should_raise_what_each_status_means(self):
        kinds = {
            400: quicklime.InvalidInput,
            401: quicklime.Unauthorized,
            403: quicklime.Unauthorized,
            404: quicklime.NotFound,
            405: quicklime.ServiceError,
            408: quicklime.TimedOut,
            413: quicklime.TooLarge,
            418: quicklime.ServiceError,
            500: quicklime.ServiceError,
            502: quicklime.ServiceError,
            503: quicklime.Unavailable,
            504: quicklime.TimedOut,
        }
        for status, kind in kinds.items():
            with self.subTest(status):
                wrong = self.failure(kind, lambda *_: (status, {"error": "parameters.samples must be\n at least 2"}))
                self.assertIs(type(wrong), kind)
                self.assertEqual(wrong.status, status)
                self.assertEqual(str(wrong), "parameters.samples must be at least 2")
                self.assertEqual(len(self.posts), 1)

    def test_should_be_caught_by_the_exceptions_that_python_has_for_it(self):
        self.failure(ValueError, lambda *_: (400, {"error": "x"}))
        self.failure(TimeoutError, lambda *_: (504, {"error": "x"}))
        self.failure(ConnectionError, lambda _, handler: reset(handler))
        self.failure(quicklime.QuicklimeError, lambda *_: (500, {"error": "x"}))

    def test_should_tell_the_status_where_a_proxy_answers(self):
        wrong = self.failure(quicklime.ServiceError, lambda *_: (502, b"<html>\nBad   gateway" + b"!" * 5000))
        self.assertIn(":explain answered 502 Bad Gateway: <html> Bad gateway!", str(wrong))
        self.assertLess(len(str(wrong)), 400)
        self.failure(quicklime.ServiceError, lambda *_: (500, b""))
        self.failure(quicklime.ServiceError, lambda *_: (500, {"error": {"deep": 1}}))

    def test_should_refuse_an_answer_that_is_none(self):
        for answer in (b"no JSON", b"[]", b"{}", b'{"explanations": []}', b'{"explanations": [3]}', b'{"explanations": [{}]}', b"",
                       b'{"explanations": {}}', b'{"explanations": [{}, {}]}', b"\xff\xfe"):
            with self.subTest(answer):
                self.failure(quicklime.ServiceError, lambda *_: (200, answer))
        self.failure(quicklime.ServiceError, lambda *_: (302, b"", {"Location": "http://example.org/"}))

    def test_should_take_an_error_that_came_after_the_status(self):
        wrong = self.failure(quicklime.TimedOut, lambda *_: (200, b'    {"error": "too late", "status": 504}'))
        self.assertEqual(str(wrong), "too late")
        self.failure(quicklime.ServiceError, lambda *_: (200, {"error": "the model failed"}))

    def test_should_come_back_when_a_busy_service_says(self):
        answers = iter([429, 429, 200])

        def answer(*_):
            status = next(answers)
            return (status, {"error": "the queue is full"}, {"Retry-After": "0.2"}) if status == 429 else (200, ANSWER)

        start = time.monotonic()
        self.explain(answer)
        self.assertGreaterEqual(time.monotonic() - start, 0.4)
        self.assertEqual(len(self.posts), 3)
        # What is left of the time is told anew each time.
        told = [post.body["parameters"]["timeout_ms"] for post in self.posts]
        self.assertGreaterEqual(told[0] - told[2], 400)

    def test_should_come_back_after_growing_waits_where_it_does_not_say(self):
        with mock.patch.object(time, "sleep") as slept:
            wrong = self.failure(quicklime.Busy, lambda *_: (429, {"error": "full"}), retries=4)
        waits = [call.args[0] for call in slept.call_args_list]
        self.assertEqual(len(self.posts), 5)
        for wait, least in zip(waits, (0.1, 0.2, 0.4, 0.8)):
            self.assertTrue(least <= wait <= 1.25 * least, waits)
        self.assertIsNone(wrong.retry_after)

    def test_should_not_wait_beyond_its_time_nor_more_often_than_it_may(self):
        wrong = self.failure(quicklime.Busy, lambda *_: (429, {"error": "full"}, {"Retry-After": "60"}), timeout=5)
        self.assertEqual((wrong.retry_after, len(self.posts)), (60, 1))
        self.failure(quicklime.Busy, lambda *_: (429, {"error": "full"}, {"Retry-After": "0.01"}), retries=2)
        self.assertEqual(len(self.posts), 3)
        self.failure(quicklime.Busy, lambda *_: (429, {"error": "full"}), retries=0)
        self.assertEqual(len(self.posts), 1)

    def test_should_read_every_form_of_retry_after(self):
        later = email.utils.formatdate(time.time() + 30, usegmt=True)
        self.assertAlmostEqual(_http._seconds(later), 30, delta=2)
        self.assertEqual(_http._seconds("7"), 7)
        for soon in ("0", "-5", email.utils.formatdate(0, usegmt=True)):
            self.assertEqual(_http._seconds(soon), 0.1)
        for nothing in (None, "", "soon", "nan", "inf"):
            self.assertIsNone(_http._seconds(nothing))

    def test_should_end_with_its_time_when_nothing_comes(self):
        done = threading.Event()
        try:
            with mock.patch.object(_http, "GRACE", 0.1):
                start = time.monotonic()
                wrong = self.failure(quicklime.TimedOut, lambda *_: done.wait(20), timeout=0.4)
                self.assertLess(time.monotonic() - start, 5)
                self.assertIn("0.4 s", str(wrong))
        finally:
            done.set()

    def test_should_end_with_its_time_though_blanks_come(self):
        def blanks(_, handler):
            handler.send_response(200)
            handler.end_headers()
            handler.close_connection = True
            for _ in range(200):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.05)

        with mock.patch.object(_http, "GRACE", 0.1):
            start = time.monotonic()
            self.failure(quicklime.TimedOut, blanks, timeout=0.4)
            self.assertLess(time.monotonic() - start, 5)

    def test_should_read_an_answer_that_comes_in_parts(self):
        def chunked(_, handler):
            handler.send_response(200)
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            data = b"   " + json.dumps(ANSWER).encode()
            for at in range(0, len(data), 500):
                part = data[at : at + 500]
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            handler.wfile.write(b"0\r\n\r\n")

        self.assertEqual(self.explain(chunked).classes, (281, 7))

    def stream(self, *parts):
        """What becomes of an answer by events, and the progress that was told."""
        told = []

        def answer(_, handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.end_headers()
            handler.close_connection = True
            for part in parts:
                handler.wfile.write(part)
                handler.wfile.flush()
                time.sleep(0.01)

        with FakeService(answer) as service, explainer(service) as client:
            try:
                return client.explain(PICTURE, progress=lambda *counts: told.append(counts)), told
            finally:
                self.posts = service.posts()

    def test_should_tell_the_progress(self):
        answer = b"event: explanation\ndata: " + json.dumps(ANSWER).encode() + b"\n\n"
        progress = [b'event: progress\ndata: {"instance": 0, "done": %d, "total": 40}\n\n' % done for done in (10, 40)]
        explained, told = self.stream(b":\n\n", *progress, b":\n", b"\n", answer[:100], answer[100:])
        self.assertEqual((explained.classes, told), ((281, 7), [(10, 40), (40, 40)]))
        self.assertEqual(self.posts[0].headers["Accept"], "text/event-stream")
        together = b"".join([*progress, answer])
        self.assertEqual(self.stream(*(together[i : i + 1] for i in range(120)), together[120:])[1], [(10, 40), (40, 40)])

    def test_should_raise_what_an_event_says(self):
        with self.assertRaisesRegex(quicklime.TimedOut, "too late") as caught:
            self.stream(b'event: error\ndata: {"error": "too late", "status": 504}\n\n')
        self.assertEqual(caught.exception.status, 504)
        with self.assertRaises(quicklime.Unreachable):
            self.stream(b":\n\n", b'event: explanation\ndata: {"expl')

    def test_should_take_an_answer_that_is_whole_though_its_stream_breaks(self):
        def answer(_, handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            event = b"event: explanation\ndata: " + json.dumps(ANSWER).encode() + b"\n\n"
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            handler.close_connection = True

        with FakeService(answer) as service, explainer(service) as client:
            self.assertEqual(client.explain(PICTURE, progress=print).classes, (281, 7))

    def test_should_take_an_answer_without_events_though_it_asked_for_them(self):
        with FakeService(lambda *_: (400, {"error": "wrong"})) as service, explainer(service) as client:
            with self.assertRaisesRegex(quicklime.InvalidInput, "wrong"):
                client.explain(PICTURE, progress=print)
        with FakeService() as service, explainer(service) as client:
            self.assertEqual(client.explain(PICTURE, progress=print).classes, (281, 7))

    def test_should_end_a_call_that_its_progress_does_not_want(self):
        def tired(*_):
            raise KeyboardInterrupt

        gone = threading.Event()

        def answer(_, handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(b'event: progress\ndata: {"done": 1, "total": 2}\n\n')
                    time.sleep(0.02)
            except OSError:
                gone.set()

        with FakeService(answer) as service, explainer(service) as client:
            with self.assertRaises(KeyboardInterrupt):
                client.explain(PICTURE, progress=tired)
            self.assertTrue(gone.wait(5))

    def test_should_not_take_half_an_answer(self):
        def half(_, handler):
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b'{"explanations": []}')
            handler.close_connection = True

        self.assertIn("before its answer was whole", str(self.failure(quicklime.Unreachable, half)))
        self.failure(quicklime.Unreachable, lambda _, handler: setattr(handler, "close_connection", True))

    def test_should_read_the_answer_of_a_service_that_hangs_up_before_the_body(self):
        def refuse(_, handler):
            send(handler, 413, {"error": "the body must have at most 1000 bytes"}, {"Connection": "close"})
            handler.close_connection = True

        refuse.before_body = True
        large = np.random.default_rng(0).integers(0, 256, (3000, 3000, 3), np.uint8)
        with FakeService(refuse) as service, explainer(service) as client:
            with self.assertRaisesRegex(quicklime.QuicklimeError, "at most 1000 bytes") as caught:
                client.explain(large)
        self.assertIsInstance(caught.exception, quicklime.TooLarge)

    def test_should_say_that_nothing_answers(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with self.assertRaisesRegex(quicklime.Unreachable, f"http://127.0.0.1:{port} cannot be reached"):
            quicklime.Explainer(url=f"http://127.0.0.1:{port}")
        with self.assertRaises(quicklime.Unreachable):
            quicklime.Explainer(url=f"https://127.0.0.1:{port}", timeout=5)
        with FakeService() as service, self.assertRaises(quicklime.Unreachable):
            quicklime.Explainer(url=service.url.replace("http:", "https:"), timeout=5)

    def test_should_send_its_token_and_never_show_it(self):
        with FakeService(token="s3cret") as service:
            with explainer(service) as client:
                client.explain(PICTURE)
                self.assertNotIn("s3cret", repr(client))
            for token in (None, "other"):
                with self.assertRaisesRegex(quicklime.Unauthorized, "bearer token"):
                    quicklime.Explainer(url=service.url, token=token)
            for token in ("", "a b", "a\r\nX: y", "ü"):
                with self.assertRaises(quicklime.InvalidInput) as caught:
                    quicklime.Explainer(url=service.url, token=token)
                self.assertNotIn("X: y", str(caught.exception))

    def test_should_refuse_what_is_no_address(self):
        for url in ("", "127.0.0.1:8080", "ftp://a", "http://", "http://a:b", "http://a:99999", "http://user:pw@a", "http://a/?q=1", 7):
            with self.subTest(url), self.assertRaises(quicklime.InvalidInput) as caught:
                quicklime.Explainer(url=url)
            self.assertNotIn("pw", str(caught.exception))

    def test_should_refuse_times_and_retries_that_are_none(self):
        with FakeService() as service:
            for timeout in (0, -1, float("nan"), float("inf")):
                with self.assertRaises(quicklime.InvalidInput):
                    explainer(service, timeout=timeout)
                with explainer(service) as client, self.assertRaises(quicklime.InvalidInput):
                    client.explain(PICTURE, timeout=timeout)
            with self.assertRaises(quicklime.InvalidInput):
                explainer(service, retries=-1)

    def test_should_not_go_through_a_proxy(self):
        with mock.patch.dict(os.environ, {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}):
            self.explain(None)

    def test_should_serve_many_threads_at_once(self):
        with FakeService(lambda *_: (200, ANSWER)) as service, explainer(service) as client:
            found = []
            threads = [threading.Thread(target=lambda: found.append(client.explain(PICTURE).classes)) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(found, [(281, 7)] * 16)

    def test_should_leave_no_socket_open(self):
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else None
        if before is None:
            self.skipTest("needs /proc")
        with FakeService() as service, explainer(service) as client:
            for _ in range(20):
                client.explain(PICTURE)
            deadline = time.monotonic() + 5
            while len(os.listdir("/proc/self/fd")) > before + 3 and time.monotonic() < deadline:
                time.sleep(0.05)
            self.assertLessEqual(len(os.listdir("/proc/self/fd")), before + 3)


if __name__ == "__main__":
    unittest.main()

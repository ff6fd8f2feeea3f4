"""A service of which a test decides every answer, within the test or as a program in place of Quicklime's launcher."""

import json
import os
import socket
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def explanation(width=6, height=4):
    """Four superpixels in quarters of a picture, of which the last row was cropped away; two classes."""
    half, rows = width // 2, height - 1
    upper = rows // 2
    runs = []
    for y in range(rows):
        first = 0 if y < upper else 2
        runs += [first, half, first + 1, width - half]
    runs += [-1, width]
    coefficients = [[0.5, -0.25, 0.125, 0.0], [-0.75, 0.25, 0.0, 0.5]]
    return {
        "schema": 1,
        "quicklime": "0.1.0",
        "image": "instances[0]",
        "model": "net.pt",
        "parameters": None,
        "width": width,
        "height": height,
        "segments": 4,
        "samples": 20,
        "target": "probability",
        "outputs": 3,
        "scores": [
            {"index": 281, "label": "tabby", "score": 2.0, "probability": 0.7},
            {"index": 7, "label": "<cock>", "score": 1.0, "probability": 0.2},
            {"index": 1, "label": "goldfish", "score": 0.0, "probability": 0.1},
        ],
        "superpixels": {"width": width, "height": height, "runs": runs},
        "classes": [
            {
                "index": 281,
                "label": "tabby",
                "score": 2.0,
                "probability": 0.7,
                "intercept": 0.1,
                "localPrediction": 0.475,
                "localTarget": 0.5,
                "r2": 0.9,
                "alpha": 0.0,
                "coefficients": coefficients[0],
                "standardErrors": [0.01, 0.02, 0.03, 0.04],
                "margins": [0.02, 0.04, 0.06, 0.08],
                "withoutErrors": None,
                "gap": None,
                "selected": [0, 1, 2],
                "notices": ["a notice of the fit"],
            },
            {
                "index": 7,
                "label": "<cock>",
                "score": 1.0,
                "probability": 0.2,
                "intercept": 0.0,
                "localPrediction": 0.0,
                "r2": None,
                "alpha": 0.5,
                "coefficients": coefficients[1],
                "standardErrors": None,
                "margins": None,
                "withoutErrors": "a penalty biases the weights",
                "gap": None,
                "selected": [0, 3, 1],
                "notices": [],
            },
        ],
        "notices": ["a notice of the picture"],
        "timings": {"total": 1.0},
        "provenance": {},
    }


class Request:
    """What a client asked; ``body`` is parsed JSON or None."""

    def __init__(self, method, path, headers, body):
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body


class FakeService:
    """Answers at ``url``. ``answer(request, handler)`` returns a status, an object and headers, or None if it wrote itself."""

    def __init__(self, answer=None, port=0, token=None, models=("net",)):
        self.requests = []
        self.token = token
        self.models = list(models)
        self._answer = answer
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                service._handle(self)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            # Several tests give up in the middle of an answer.
            handle_error = staticmethod(lambda *_: None)

        self._server = Server(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self._server.server_address[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def posts(self):
        return [request for request in self.requests if request.method == "POST"]

    def _handle(self, handler):
        path = handler.path
        if getattr(self._answer, "before_body", False) and handler.command == "POST":
            self._answer(None, handler)
            return
        length = int(handler.headers.get("Content-Length") or 0)
        data = handler.rfile.read(length)
        request = Request(handler.command, path, handler.headers, json.loads(data) if data else None)
        self.requests.append(request)
        answer = self._usual(request)
        if handler.command == "POST" and self._answer is not None and answer[0] == 200:
            answer = self._answer(request, handler)
        if answer is not None:
            send(handler, *answer)

    def _usual(self, request):
        if request.path == "/v2/health/ready":
            return 204, None
        if self.token is not None and request.headers.get("Authorization") != "Bearer " + self.token:
            return 401, {"error": "this service needs a bearer token"}
        if request.path == "/v1/models":
            return 200, {"models": self.models}
        if request.path.endswith(":predict"):
            return 200, {"predictions": [[0.7, 0.2, 0.1] for _ in request.body["instances"]]}
        if request.path.endswith(":explain"):
            return 200, {"explanations": [explanation() for _ in request.body["instances"]]}
        return 404, {"error": "there is no " + request.path}


def send(handler, status, answer, headers=None):
    """An answer as JSON, or as the bytes that were given."""
    data = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    handler.send_response(status)
    if status != 204:
        handler.send_header("Content-Length", str(len(data)))
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def reset(handler):
    """Breaks the line without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def option(name, words):
    """The value of ``--name=value`` or ``--name value``."""
    for at, word in enumerate(words):
        if word == name:
            return words[at + 1]
        if word.startswith(name + "="):
            return word[len(name) + 1 :]
    return None


def main(words):
    """``serve --port P [--model HOW]``: how it behaves is in the name of the model."""
    assert words[0] == "serve", words
    how = option("--model", words) or "well"
    if option("--note", words):
        with open(option("--note", words), "w") as note:
            json.dump({"pid": os.getpid(), "words": words, "token": os.environ.get("QUICKLIME_TOKEN")}, note)
    if how == "dies":
        print("quicklime: the model dies does not exist", file=sys.stderr)
        return 2
    if how == "silent":
        time.sleep(600)
    if how == "stubborn":
        import signal

        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if how == "chatty":
        for line in range(20000):
            print("line %d of a log that nobody reads" % line, flush=False)

    def answer(request, handler):
        if how == "crashes":
            print("a crash in native code", file=sys.stderr, flush=True)
            os._exit(134)
        return 200, {"explanations": [explanation()]}

    service = FakeService(answer, int(option("--port", words)), os.environ["QUICKLIME_TOKEN"], [option("--name", words) or how])
    if how == "mute":
        threading.Event().wait()
    print("serving", ", ".join(service.models), "at", service.url, flush=True)
    threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

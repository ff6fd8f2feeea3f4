"""Speaks what ``quicklime callback`` speaks, composed and fitted by NumPy, or does what its first argument says instead."""

import json
import mmap
import os
import socket
import struct
import sys

import numpy as np

LENGTHS = struct.Struct("<II")


class Peer:
    def __init__(self, how, peer):
        self.how = how
        self.peer = peer
        self.stream = peer.makefile("rb")

    def read(self):
        start = self.stream.read(8)
        if not start:
            return None, None
        head, body = LENGTHS.unpack(start)
        return json.loads(self.stream.read(head)), self.stream.read(body)

    def write(self, head, body=b""):
        text = json.dumps(head).encode()
        self.peer.sendall(LENGTHS.pack(len(text), len(body)) + text + body)

    def serve(self):
        while True:
            asked, body = self.read()
            if asked is None:
                return
            getattr(self, asked["do"])(asked, body)

    def map(self, asked, _):
        with open(asked["file"], "r+b") as file:
            self.mapping = mmap.mmap(file.fileno(), 0)
        self.write({"done": True})

    def part(self, at, shape, kind=np.uint8):
        return np.ndarray(shape, kind, buffer=self.mapping, offset=at)

    def segment(self, asked, _):
        if self.how == "refuses":
            self.write({"error": "invalid", "message": "the picture is too small"})
            return
        labels = self.part(asked["labels"], (asked["height"], asked["width"]), np.int32)
        y, x = np.mgrid[0 : asked["height"], 0 : asked["width"]]
        labels[...] = 2 * (2 * y // asked["height"]) + 2 * x // asked["width"]
        self.write({"done": True, "superpixels": 4})

    def sample(self, asked, body):
        if self.how == "dies":
            print("out of memory", flush=True)
            os._exit(3)
        shape = (asked["height"], asked["width"], asked["channels"])
        picture, filled = self.part(asked["picture"], shape), self.part(asked["filled"], shape)
        labels = self.part(asked["labels"], shape[:2], np.int32)
        words = np.frombuffer(body, np.uint8).reshape(asked["rows"], -1)
        self.masks = np.unpackbits(words, axis=1, bitorder="little")[:, : labels.max() + 1].astype(float)
        self.scores = None
        for first in range(0, asked["rows"], asked["batch"]):
            slot = asked["slots"][first // asked["batch"] % len(asked["slots"])]
            rows = self.masks[first : first + asked["batch"]]
            batch = self.part(slot, (len(rows), *shape))
            batch[...] = np.where((rows[:, labels] == 1)[..., None], picture, filled)
            self.write({"score": slot, "rows": len(rows)})
            answer, numbers = self.read()
            if answer is None:
                sys.exit()
            if "stop" in answer:
                self.write({"stopped": True})
                return
            found = np.frombuffer(numbers, "<f8").reshape(len(rows), -1)
            self.scores = found if self.scores is None else np.concatenate((self.scores, found))
            if self.how == "fails":
                self.write({"error": "failed", "message": "no memory for it"})
                return
        self.write({"done": True})

    def fit(self, asked, body):
        weights = np.frombuffer(body, "<f8")
        mean = np.average(self.masks, axis=0, weights=weights)
        z = self.masks - mean
        gram = (z * weights[:, None]).T @ z + np.eye(z.shape[1])
        fits, coefficients = [], []
        for column in asked["classes"]:
            y = self.scores[:, column]
            middle = np.average(y, weights=weights)
            beta = np.linalg.solve(gram, (z * weights[:, None]).T @ (y - middle))
            rest = y - middle - z @ beta
            spread = (weights * (y - middle) ** 2).sum()
            r2 = 1 - (weights * rest**2).sum() / spread if spread > 0 else None
            strongest = np.argsort(-np.abs(beta))[: asked["features"]]
            fits.append({"intercept": middle - mean @ beta, "r2": r2, "selected": strongest.tolist()})
            coefficients.append(beta)
        self.write({"fits": fits}, np.array(coefficients).astype("<f8").tobytes())


def main():
    how, command, name = sys.argv[1], sys.argv[2], sys.argv[3].split("=", 1)[1]
    assert command == "callback"
    if how == "ends":
        print("it has no memory at all", flush=True)
        sys.exit(4)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(name)
    listening.listen()
    while True:
        peer, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            Peer(how, peer).serve()
            os._exit(0)
        peer.close()


if __name__ == "__main__":
    main()

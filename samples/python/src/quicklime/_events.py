"""Server-sent events of a service: progress, then an answer."""

from __future__ import annotations

import json
from typing import Callable, Optional

#: Hears of a picture's samples: how many are scored, and of how many.
Progress = Callable[[int, int], None]


class Events:
    """Takes a stream in parts of any size, tells the progress, and keeps the answer's JSON."""

    def __init__(self, progress: Progress):
        self._progress = progress
        self._pending = bytearray()
        self._searched = 0
        self.answer: Optional[bytes] = None

    def feed(self, part: bytes) -> None:
        """More of the stream."""
        self._pending += part
        while True:
            # An answer may have megabytes: what was searched is not searched again.
            end = self._pending.find(b"\n\n", max(0, self._searched - 1))
            if end < 0:
                self._searched = len(self._pending)
                return
            self._take(bytes(self._pending[:end]))
            del self._pending[: end + 2]
            self._searched = 0

    def _take(self, event: bytes) -> None:
        name, data = b"message", []
        for line in event.split(b"\n"):
            field, _, value = line.partition(b":")
            value = value[1:] if value.startswith(b" ") else value
            if field == b"event":
                name = value
            elif field == b"data":
                data.append(value)
        if name == b"progress":
            told = json.loads(b"\n".join(data))
            self._progress(int(told["done"]), int(told["total"]))
        elif data:
            self.answer = b"\n".join(data)

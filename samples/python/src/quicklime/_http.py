"""Requests to the service: one connection each, deadlines over the whole call, and a wait where the service is busy."""

from __future__ import annotations

import email.utils
import http.client
import json
import random
import socket
import ssl
import time
from typing import Any, Dict, Iterator, Optional, Tuple
from urllib.parse import urlsplit

from ._events import Events, Progress
from .errors import BY_STATUS, Busy, InvalidInput, QuicklimeError, ServiceError, TimedOut, Unreachable

#: How much longer than the service itself the client waits, so that the service's own answer is the one that counts.
GRACE = 2.0

_EVENTS = "text/event-stream"
_FIRST_WAIT = 0.1
_LONGEST_GUESS = 5.0
_LONGEST_MILLIS = (1 << 31) - 1


class Deadline:
    """An instant after which a call has failed."""

    def __init__(self, seconds: float):
        if not 0 < seconds < float("inf"):
            raise InvalidInput(f"timeout must be above 0 and finite, in seconds, got {seconds}")
        self.seconds = float(seconds)
        self._end = time.monotonic() + self.seconds

    def left(self) -> float:
        """Seconds until then; 0 once it has passed."""
        return max(0.0, self._end - time.monotonic())

    def patience(self) -> float:
        """Seconds until an answer is no longer waited for; 0 once they have passed."""
        return max(0.0, self._end + GRACE - time.monotonic())


class Connection:
    """Where a service is, and how to ask it. Threads may share it: it holds no socket."""

    def __init__(self, url: str, token: Optional[str] = None, ssl_context: Optional[ssl.SSLContext] = None):
        parts = urlsplit(url if isinstance(url, str) else "")
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in ("http", "https") or not parts.hostname or port == -1:
            raise InvalidInput(f"url must be like http://127.0.0.1:8080, got {url!r}")
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise InvalidInput("url must hold neither a user nor a query: give the token as token=")
        if token is not None and not (token and token.isascii() and token.isprintable() and " " not in token):
            raise InvalidInput("token must be of printable ASCII characters without blanks")
        self.url = url.rstrip("/")
        self._secure = parts.scheme == "https"
        self._host = parts.hostname
        self._port = port or (443 if self._secure else 80)
        self._base = parts.path.rstrip("/")
        self._token = token
        self._ssl = ssl_context

    def call(
        self,
        method: str,
        path: str,
        deadline: Deadline,
        body: Optional[Dict[str, Any]] = None,
        retries: int = 0,
        progress: Optional[Progress] = None,
    ) -> Any:
        """Asks, and returns the answer's JSON, None where it has no body.

        A 429 is asked again up to ``retries`` times, when ``Retry-After`` says or else after growing waits, as long as
        the deadline allows; each time ``body`` gets a ``parameters.timeout_ms`` of what is left, if it has ``parameters``.

        :param progress: where given, an answer is asked for that tells how far it is
        """
        tried = 0
        while True:
            try:
                return self._once(method, path, deadline, body, progress)
            except Busy as busy:
                wait = busy.retry_after
                if wait is None:
                    wait = min(_LONGEST_GUESS, _FIRST_WAIT * 2**tried)
                # Those who were refused together shall not come back together.
                wait *= 1 + random.random() / 4
                if tried >= retries or wait >= deadline.left():
                    raise
                tried += 1
                time.sleep(wait)

    def status(self, path: str, timeout: float) -> int:
        """The status that a path answers with, whatever it is.

        :raises Unreachable: if nothing answers
        :raises TimedOut: if the answer does not come in time
        """
        return self._exchange("GET", path, Deadline(timeout), None)[0]

    def _once(
        self, method: str, path: str, deadline: Deadline, body: Optional[Dict[str, Any]], progress: Optional[Progress]
    ) -> Any:
        status, headers, data = self._exchange(method, path, deadline, _encoded(body, deadline), progress)
        answer = _parsed(data)
        # A service that has to send something before it knows the result has answered 200 already.
        failed = isinstance(answer, dict) and "error" in answer
        if 200 <= status < 300 and not failed:
            if data.strip() and answer is _NOT_JSON:
                raise ServiceError(f"{self.url}{path} answered what is no JSON: {_shown(data)}", status)
            return None if answer is _NOT_JSON else answer
        raise _error(status, headers, answer, data, self.url + path)

    def _exchange(
        self, method: str, path: str, deadline: Deadline, payload: Optional[bytes], progress: Optional[Progress] = None
    ) -> Tuple[int, http.client.HTTPMessage, bytes]:
        connection = self._open(deadline)
        try:
            return self._talk(connection, method, path, deadline, payload, progress)
        except socket.timeout:
            raise TimedOut(f"{self.url} did not answer within {deadline.seconds:g} s") from None
        except ssl.SSLError as wrong:
            raise Unreachable(f"{self.url} cannot be trusted or understood: {wrong.reason or wrong}") from wrong
        except OSError as wrong:
            raise Unreachable(f"{self.url} cannot be reached: {wrong.strerror or wrong}") from wrong
        except http.client.HTTPException as wrong:
            raise Unreachable(f"{self.url} broke the connection before its answer was whole ({type(wrong).__name__})") from wrong
        finally:
            # Closing is also what tells the service that an interrupted call is not wanted any more.
            connection.close()

    def _open(self, deadline: Deadline) -> http.client.HTTPConnection:
        timeout = max(0.001, deadline.patience())
        if self._secure:
            context = self._ssl or ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=timeout)

    def _talk(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        deadline: Deadline,
        payload: Optional[bytes],
        progress: Optional[Progress],
    ) -> Tuple[int, http.client.HTTPMessage, bytes]:
        headers = {"Accept": "application/json" if progress is None else _EVENTS, "Connection": "close"}
        if payload is not None:
            headers["Content-Type"] = "application/json"
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        broken: Optional[OSError] = None
        try:
            connection.request(method, self._base + path, body=payload, headers=headers)
        except (BrokenPipeError, ConnectionResetError) as wrong:
            # A service that refuses a request by its head alone may hang up before it has read the body: its answer
            # is waiting all the same.
            broken = wrong
        wire = connection.sock
        try:
            response = connection.getresponse()
        except (OSError, http.client.HTTPException):
            if broken is not None:
                raise broken
            raise
        with response:
            streamed = response.headers.get_content_type() == _EVENTS
            if progress is None or not streamed:
                return response.status, response.headers, b"".join(_parts(response, wire, deadline))
            events = Events(progress)
            for part in _parts(response, wire, deadline):
                events.feed(part)
                # It is whole, whatever becomes of the stream.
                if events.answer is not None:
                    return response.status, response.headers, events.answer
            raise http.client.IncompleteRead(b"")


def _parts(response: http.client.HTTPResponse, wire: Optional[socket.socket], deadline: Deadline) -> Iterator[bytes]:
    """All of the body: a service that keeps the line alive by blanks must not outwait the deadline."""
    expected = response.length
    got = 0
    while expected is None or got < expected:
        patience = deadline.patience()
        if patience == 0:
            raise socket.timeout()
        if wire is not None and wire.fileno() >= 0:
            wire.settimeout(patience)
        part = response.read1(1 << 16)
        if not part:
            break
        got += len(part)
        yield part
    if expected is not None and got < expected:
        raise http.client.IncompleteRead(b"", expected - got)


def _encoded(body: Optional[Dict[str, Any]], deadline: Deadline) -> Optional[bytes]:
    if body is None:
        return None
    if "parameters" in body:
        milliseconds = min(_LONGEST_MILLIS, max(1, int(1000 * deadline.left())))
        body = {**body, "parameters": {"timeout_ms": milliseconds, **body["parameters"]}}
    try:
        return json.dumps(body, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError) as wrong:
        raise InvalidInput(f"the request cannot be written as JSON: {wrong}") from None


_NOT_JSON = object()


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return _NOT_JSON


def _error(status: int, headers: http.client.HTTPMessage, answer: Any, data: bytes, where: str) -> QuicklimeError:
    message = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(message, str) or not message.strip():
        message = f"{where} answered {status} {http.client.responses.get(status, '')}".rstrip() + _after_colon(data)
    message = " ".join(message.split())
    if status == 429:
        return Busy(message, status, _seconds(headers.get("Retry-After")))
    if 200 <= status < 300:
        told = answer.get("status")
        status = told if isinstance(told, int) else 500
    return BY_STATUS.get(status, ServiceError)(message, status)


def _seconds(retry_after: Optional[str]) -> Optional[float]:
    """``Retry-After`` as seconds from now, at least a little; None where it is missing or says nothing."""
    if retry_after is None:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time()
        except (TypeError, ValueError, IndexError):
            return None
    return max(_FIRST_WAIT, seconds) if seconds < float("inf") else None


def _after_colon(data: bytes) -> str:
    shown = _shown(data)
    return f": {shown}" if shown else ""


def _shown(data: bytes) -> str:
    text = " ".join(data[:1000].decode("utf-8", "replace").split())
    return text if len(text) <= 200 else text[:200] + "…"

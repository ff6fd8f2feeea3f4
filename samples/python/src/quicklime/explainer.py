"""The client: a service, its own or a running one, that predicts and explains."""

from __future__ import annotations

import base64
import os
import ssl
import time
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence
from urllib.parse import quote

import numpy as np

from ._events import Progress
from ._http import Connection, Deadline
from ._images import ImageLike, Picture, pictures
from ._service import GRACE, Command, Service, flags, launcher
from .errors import InvalidInput, QuicklimeError, ServiceDied, ServiceError, Unreachable
from .explanation import Explanation

_ASKING = 10.0
# Seconds and mebibytes.
_LONGEST = 86_400
_LARGEST = 1024
# A service takes so much at once, unless it was told otherwise.
_MOST_PICTURES = 16
_MOST_BYTES = 24 << 20


class Explainer:
    """Explains what a model sees in pictures. Threads may share it.

    ::

        with quicklime.Explainer("resnet50.pt") as explainer:
            explanation = explainer.explain("cat.jpg", samples=500)
            picture, mask = explanation.get_image_and_mask(explanation.classes[0])

    A service that it has started ends with :meth:`close`, with the ``with`` block, when it is collected, when the program ends,
    and also when the program is killed.
    """

    def __init__(
        self,
        model: Optional["str | os.PathLike[str]"] = None,
        command: Optional[Command] = None,
        *,
        url: Optional[str] = None,
        token: Optional[str] = None,
        name: Optional[str] = None,
        timeout: float = 600.0,
        start_timeout: float = 600.0,
        retries: int = 20,
        ssl_context: Optional[ssl.SSLContext] = None,
        **options: Any,
    ):
        """Starts a service for a model and waits until it is ready, or takes one that runs.

        :param model: a model's file; by default the model that is bundled with Quicklime
        :param command: what starts Quicklime, a path or a list of words; by default ``QUICKLIME_COMMAND`` of the environment, else
            ``quicklime`` on ``PATH``
        :param url: of a service that runs, in place of ``model`` and ``command``: ``http://127.0.0.1:8080``
        :param token: what that service asks for; it is sent as it is, so give ``https`` beyond this machine
        :param name: which of its models; by default its only one. Of a service that is started: what to call the model
        :param timeout: seconds that a call may take with all its retries, unless it says otherwise
        :param start_timeout: seconds until a started service must be ready; its very first start builds it
        :param retries: how often a call comes back to a service whose queue is full, when that says or else after growing waits
        :param ssl_context: of ``https``; by default that of the ``ssl`` module
        :param options: options of ``quicklime serve`` by their names, with ``_`` for ``-``: ``device="cpu"``, ``threads=2``
        :raises StartFailed: if the service cannot be started, with what it printed
        :raises Unreachable: if nothing answers at ``url``
        :raises InvalidInput: if arguments contradict each other, or the service has no such model, or several
        """
        Deadline(timeout)
        if retries < 0:
            raise InvalidInput(f"retries must not be negative, got {retries}")
        self._timeout = timeout
        self._retries = retries
        self._service: Optional[Service] = None
        self._closed = False
        if url is not None:
            if model is not None or command is not None or options:
                given = ["model"] * (model is not None) + ["command"] * (command is not None) + list(options)
                raise InvalidInput(f"url is of a service that runs already, which takes no {', '.join(given)}")
            self._connection = Connection(url, token, ssl_context)
        else:
            if token is not None or ssl_context is not None:
                raise InvalidInput("token and ssl_context go with url; a service that is started gets a token of its own")
            words = [*launcher(command), "serve"]
            if model is not None:
                words.append(f"--model={os.fspath(model)}")
            if name is not None:
                words.append(f"--name={name}")
            # It has nobody else to guard against: calls have deadlines of their own, and pictures may be large. A log of
            # all requests would bury what went wrong.
            limits = {"timeout": _LONGEST, "max_body": _LARGEST, "grace": int(GRACE / 2), "quiet": True}
            words += flags({**limits, **options})
            self._service = Service(words, start_timeout)
            self._connection = self._service.connection
        try:
            self.name = self._choose(name)
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """Where the service listens."""
        return self._connection.url

    def models(self) -> List[str]:
        """The names of the service's models."""
        answer = self._ask("GET", "/v1/models", Deadline(min(_ASKING, self._timeout)))
        listed = answer.get("models") if isinstance(answer, dict) else None
        if not isinstance(listed, list):
            raise ServiceError(f"{self.url} lists no models, so it is no service of Quicklime")
        return [str(one.get("name") if isinstance(one, dict) else one) for one in listed]

    def predict(self, images: Any, *, timeout: Optional[float] = None) -> np.ndarray:
        """The probabilities of all classes, float64 [N, classes].

        :param images: one picture, or several: a list, a tuple, an iterator or an array of [N, H, W, C]; each as for :meth:`explain`
        :param timeout: seconds
        """
        given = pictures(images)
        if not given:
            raise InvalidInput("images must hold a picture, got none")
        deadline = self._deadline(timeout)
        rows: List[Any] = []
        for some in _parts(given):
            answer = self._post("predict", some, {}, deadline)
            rows += self._field(answer, "predictions", len(some))
        try:
            return np.array(rows, dtype=np.float64).reshape(len(given), -1)
        except (TypeError, ValueError) as wrong:
            raise ServiceError(f"the predictions are no matrix of numbers: {wrong}") from wrong

    def explain(
        self,
        image: ImageLike,
        *,
        include: Iterable[str] = (),
        timeout: Optional[float] = None,
        progress: Optional[Progress] = None,
        **options: Any,
    ) -> Explanation:
        """Explains a picture.

        :param image: a path, the bytes of a file, an open file, a PIL picture, or an array of [H, W] or [H, W, C] with
            integers from 0 to 255. Files may be of any format that Quicklime reads.
        :param include: figures that the service shall draw: ``heatmap``, ``overlay``, ``gradcam``, ``labels``; see
            :meth:`Explanation.figure`
        :param timeout: seconds, for waiting and retries too; the service gives up when they are over
        :param progress: called in this thread with the samples that are scored so far and the most there may be; what it
            raises ends the call and the work
        :param options: those of ``quicklime explain`` by their names, with ``_`` for ``-``: ``samples=500``, ``stop_error=0.1``,
            ``classes=[281, "tabby"]``, ``no_intercept=True``; ``None`` is as if it were not given
        :raises InvalidInput: if the picture or an option is wrong; its message names it
        :raises Busy: if the queue was full as often as may be tried, or until the time was over
        :raises TimedOut: if the time was over before the explanation was there
        """
        picture = Picture.of(image)
        if isinstance(include, str):
            include = (include,)
        parameters = {name: _plain(name, value) for name, value in options.items() if value is not None}
        wanted = list(include)
        if wanted:
            parameters["include"] = wanted
        answer = self._post("explain", [picture], parameters, self._deadline(timeout), progress)
        (explained,) = self._field(answer, "explanations", 1)
        if not isinstance(explained, dict):
            raise ServiceError("this is no explanation of Quicklime: it is no object")
        return Explanation(explained, picture)

    def close(self) -> None:
        """Ends the service if it is its own; closing again does nothing. What was explained stays as it is."""
        self._closed = True
        if self._service is not None:
            self._service.stop()

    def __enter__(self) -> "Explainer":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        state = " (closed)" if self._closed else ", a service of its own" if self._service is not None else ""
        return f"<quicklime.Explainer of {getattr(self, 'name', None)!r} at {self.url}{state}>"

    def _choose(self, name: Optional[str]) -> str:
        names = self.models()
        if name is None and len(names) == 1:
            return names[0]
        if name in names:
            return str(name)
        if name is None:
            raise InvalidInput(f"{self.url} has {len(names)} models: give one as name=, of {', '.join(sorted(names))}")
        raise InvalidInput(f"{self.url} has no model {name!r}, but {', '.join(sorted(names)) or 'none at all'}")

    def _deadline(self, timeout: Optional[float]) -> Deadline:
        return Deadline(self._timeout if timeout is None else timeout)

    def _post(
        self,
        verb: str,
        given: Sequence[Picture],
        parameters: Dict[str, Any],
        deadline: Deadline,
        progress: Optional[Progress] = None,
    ) -> Any:
        body: Dict[str, Any] = {
            "instances": [{"image": {"b64": base64.b64encode(picture.data).decode("ascii")}} for picture in given],
            "parameters": parameters,
        }
        return self._ask("POST", f"/v1/models/{quote(self.name, safe='')}:{verb}", deadline, body, progress)

    def _ask(
        self,
        method: str,
        path: str,
        deadline: Deadline,
        body: Optional[Dict[str, Any]] = None,
        progress: Optional[Progress] = None,
    ) -> Any:
        if self._closed:
            raise QuicklimeError("this Explainer is closed: make another one")
        try:
            return self._connection.call(method, path, deadline, body, self._retries, progress)
        except Unreachable as broken:
            if self._service is None:
                raise
            raise self._died(broken) from broken

    def _died(self, broken: Unreachable) -> Unreachable:
        assert self._service is not None
        # The line breaks a moment before the process has ended.
        end = time.monotonic() + 2
        while self._service.exit_code() is None:
            if time.monotonic() > end:
                return broken
            time.sleep(0.02)
        log = self._service.log()
        return ServiceDied(f"the service has ended with exit code {self._service.exit_code()}: {log or 'it said nothing'}", log)

    @staticmethod
    def _field(answer: Any, field: str, count: int) -> List[Any]:
        found = answer.get(field) if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != count:
            got = f"{len(found)} of them" if isinstance(found, list) else "none"
            raise ServiceError(f"the answer must hold {count} {field}, got {got}")
        return found


def _parts(given: Sequence[Picture]) -> Iterator[List[Picture]]:
    """Pictures in as many requests as it takes."""
    part: List[Picture] = []
    size = 0
    for picture in given:
        if part and (len(part) == _MOST_PICTURES or size + len(picture.data) > _MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(picture)
        size += len(picture.data)
    yield part


def _plain(name: str, value: Any) -> Any:
    """What JSON can hold."""
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, (list, tuple)):
        return [_plain(name, part) for part in value]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise InvalidInput(f"{name} must be a number, a text, a truth value or a list of these, got {type(value).__name__}")

"""A service of one's own: the launcher started on a free port of this machine, which ends when this program does."""

from __future__ import annotations

import os
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from pathlib import Path
from typing import IO, Any, Deque, List, Mapping, Optional, Sequence, Union

from ._http import Connection, Deadline
from .errors import InvalidInput, StartFailed, TimedOut, Unreachable

#: Seconds that a stopped service has for the explanations it is at.
GRACE = 10.0

_LOG_LINES = 200
_SHOWN_LINES = 20
_ANNOUNCED = re.compile(r"serving .* at https?://.*:(\d+)$")

# What this client decides by itself.
_OWN = ("host", "port", "http_port", "token_file", "tls_cert", "tls_key", "insecure", "model", "model_name")

Command = Union[str, "os.PathLike[str]", Sequence[str]]


def launcher(command: Optional[Command] = None) -> List[str]:
    """The command that starts Quicklime: what was given, else ``QUICKLIME_COMMAND``, else ``quicklime`` on ``PATH``.

    :param command: a path, or a list of a program and its arguments
    :raises StartFailed: if it cannot be found
    """
    if command is None:
        command = os.environ.get("QUICKLIME_COMMAND") or None
    if command is None:
        found = shutil.which("quicklime")
        if found is None:
            raise StartFailed(
                "no quicklime command was found on PATH: give command='…/samples/quicklime', set QUICKLIME_COMMAND, or"
                " give the url= of a service that runs"
            )
        return [found]
    if not isinstance(command, (str, os.PathLike)):
        words = [os.fspath(word) for word in command]
        if not words:
            raise InvalidInput("command must name a program, got an empty list")
        return words
    path = os.path.expanduser(os.fspath(command))
    found = shutil.which(path)
    if found is not None:
        return [found]
    # A variable of the environment cannot be a list.
    words = shlex.split(path)
    if len(words) > 1 and shutil.which(words[0]):
        return words
    reason = "is a folder" if os.path.isdir(path) else "cannot be run" if os.path.exists(path) else "does not exist"
    raise StartFailed(f"the quicklime command {path!r} {reason}: it is samples/quicklime in a clone of Quicklime")


def flags(options: Mapping[str, Any]) -> List[str]:
    """Options of ``quicklime serve`` as words: ``max_pixels=9`` is ``--max-pixels=9``, ``True`` the option alone, ``None`` and
    ``False`` none, and a list or tuple is joined by commas."""
    words = []
    for name, value in options.items():
        if name in _OWN:
            raise InvalidInput(f"{name} cannot be set for a service of one's own, which listens to this program alone")
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        elif isinstance(value, (list, tuple)):
            words.append(f"{option}={','.join(str(part) for part in value)}")
        else:
            words.append(f"{option}={os.fspath(value) if isinstance(value, os.PathLike) else value}")
    return words


class Service:
    """One service, started and watched; :meth:`stop` ends it, as do the end of this program and its death.

    It chooses a free port and prints it, so that nobody can take that in between. The token is random and handed over in
    the environment, which other users cannot read, never on the command line.
    """

    def __init__(self, words: Sequence[str], start_timeout: float):
        if os.name != "posix":
            raise StartFailed("a service can be started on Linux and macOS only: give the url= of one that runs")
        if not sys.executable:
            raise StartFailed("this Python does not know its own program (sys.executable), which has to watch the service")
        deadline = Deadline(start_timeout)
        self._token = secrets.token_urlsafe(32)
        self._output = _Output()
        watchdog = [sys.executable, "-I", "-S", str(Path(__file__).with_name("_watchdog.py")), str(GRACE), str(os.getpid())]
        self._process = subprocess.Popen(
            [*watchdog, *words, "--port=0"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "QUICKLIME_TOKEN": self._token},
            # Control-C is for the program, and all that the service starts must be found by its group.
            start_new_session=True,
        )
        # Neither may hold this object, or nothing would ever be collected. It is also called when the program ends.
        self._end = weakref.finalize(self, _end, self._process, os.getpid())
        self._reader = threading.Thread(
            target=self._output.drain, args=(self._process.stdout,), name="quicklime-log", daemon=True
        )
        self._reader.start()
        try:
            self._await_ready(deadline)
        except BaseException:
            self.stop()
            raise

    @property
    def connection(self) -> Connection:
        """How to ask it."""
        return Connection(f"http://127.0.0.1:{self._output.port}", self._token)

    def exit_code(self) -> Optional[int]:
        """How it ended; None while it runs."""
        return self._process.poll()

    def log(self) -> str:
        """The last lines that it printed."""
        if self.exit_code() is not None:
            self._reader.join(2)
        return "\n".join(list(self._output.lines)[-_SHOWN_LINES:])

    def stop(self) -> None:
        """Ends it, at the latest after a grace of some seconds. Does nothing in a fork of the program that started it."""
        self._end()

    def _await_ready(self, deadline: Deadline) -> None:
        pause = 0.02
        while True:
            code = self.exit_code()
            if code is not None:
                raise StartFailed(f"the service ended with exit code {code} before it was ready{_said(self.log())}", self.log())
            if deadline.left() == 0:
                raise StartFailed(f"the service was not ready within {deadline.seconds:g} s{_said(self.log())}", self.log())
            try:
                if self._output.port is not None and self.connection.status("/v2/health/ready", 2) // 100 == 2:
                    return
            except (Unreachable, TimedOut):
                pass
            time.sleep(min(pause, deadline.left() + 0.001))
            pause = min(0.25, pause * 1.2)


class _Output:
    """What a service prints: the end of it, and the port that it announces."""

    def __init__(self) -> None:
        self.lines: Deque[str] = deque(maxlen=_LOG_LINES)
        self.port: Optional[int] = None

    def drain(self, printed: IO[bytes]) -> None:
        """Reads all of it, so that the service never waits for a reader."""
        with printed:
            for line in printed:
                text = line.decode("utf-8", "replace").rstrip()
                announced = _ANNOUNCED.match(text) if self.port is None else None
                if announced:
                    self.port = int(announced[1])
                self.lines.append(text)


def _end(process: "subprocess.Popen[bytes]", owner: int) -> None:
    if owner != os.getpid():
        return
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(GRACE + 5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _said(log: str) -> str:
    lines = [line for line in log.splitlines() if line.strip()]
    return ": " + "\n  ".join(lines) if lines else ", and said nothing"


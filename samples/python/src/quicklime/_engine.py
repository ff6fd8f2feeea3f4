"""An engine of one's own, started once and kept: messages over a Unix-domain socket, arrays in a file that both have mapped."""

from __future__ import annotations

import json
import mmap
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ._http import Deadline
from ._service import GRACE, Command, _end, _Output, _said, launcher
from .errors import InvalidInput, QuicklimeError, ServiceDied, ServiceError, StartFailed, Unreachable

#: Where parts of a mapping begin.
PAGE = 4096

# A mapping above this many bytes is given up where a quarter of it would do.
_KEPT = 64 << 20

# What a socket's name may have with its folder on every system.
_LONGEST_NAME = 100

_LENGTHS = struct.Struct("<II")
_MEMORY = "/dev/shm"


class Engine:
    """One ``quicklime callback``, started and watched. Any number of threads may use it, each by a connection of its own."""

    def __init__(self, words: Sequence[str], start_timeout: float):
        if os.name != "posix":
            raise StartFailed("an engine can be started on Linux and macOS only")
        if not sys.executable:
            raise StartFailed("this Python does not know its own program (sys.executable), which has to watch the engine")
        self._folder = _private_folder()
        self._socket = os.path.join(self._folder, "socket")
        self._idle: List[Connection] = []
        self._lock = threading.Lock()
        self._output = _Output()
        watchdog = [sys.executable, "-I", "-S", str(Path(__file__).with_name("_watchdog.py")), str(GRACE), str(os.getpid())]
        try:
            self._process = subprocess.Popen(
                [*watchdog, *words, "callback", f"--socket={self._socket}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**os.environ, "QUICKLIME_FOLDER": self._folder},
                # Control-C is for the program, and all that the engine starts must be found by its group.
                start_new_session=True,
            )
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        # It may not hold this object, or nothing would ever be collected. It is also called when the program ends.
        self._finish = weakref.finalize(self, _finish, self._process, os.getpid(), self._folder)
        self._reader = threading.Thread(
            target=self._output.drain, args=(self._process.stdout,), name="quicklime-log", daemon=True
        )
        self._reader.start()
        try:
            self._give_back(self._first(Deadline(start_timeout)))
        except BaseException:
            self.stop()
            raise

    @contextmanager
    def connection(self) -> Iterator["Connection"]:
        """A connection for one thread, which is kept for later unless an answer is still to come."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            try:
                connection = self._connect()
            except OSError as wrong:
                raise self.gone(wrong) from None
        try:
            yield connection
        finally:
            self._give_back(connection)

    def runs(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def gone(self, wrong: Optional[BaseException] = None) -> Exception:
        """What to raise when a connection breaks."""
        try:
            # Its connections break a moment before it is gone.
            code: Optional[int] = self._process.wait(2)
        except subprocess.TimeoutExpired:
            code = None
        if code is None:
            return Unreachable(f"the engine broke a connection off{'' if wrong is None else f': {wrong}'}")
        self._reader.join(2)
        log = self._log()
        return ServiceDied(f"the engine ended with exit code {code}{_said(log)}", log)

    def stop(self) -> None:
        """Ends it, at the latest after a grace of some seconds. Does nothing in a fork of the program that started it."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        self._finish()

    def memory(self, size: int) -> Tuple[str, str, mmap.mmap]:
        """A new file of zeros that is mapped here, the folder that it is in, and the mapping. The folder goes with the engine,
        unless it had to be another one."""
        try:
            return (self._folder, *_mapped(self._folder, size))
        except OSError:
            # Memory is often less than disks have.
            folder = tempfile.mkdtemp(prefix="quicklime-")
        try:
            return (folder, *_mapped(folder, size))
        except OSError as full:
            os.rmdir(folder)
            raise InvalidInput(f"there is no room for two batches, {size} bytes: take a smaller batch_size ({full})") from None

    @property
    def folder(self) -> str:
        """Where its socket is; gone with it."""
        return self._folder

    def _first(self, deadline: Deadline) -> "Connection":
        pause = 0.01
        while True:
            code = self._process.poll()
            if code is not None:
                self._reader.join(2)
                raise StartFailed(f"the engine ended with exit code {code} before it was ready{_said(self._log())}", self._log())
            if deadline.left() == 0:
                raise StartFailed(f"the engine was not ready within {deadline.seconds:g} s{_said(self._log())}", self._log())
            try:
                return self._connect()
            except OSError:
                time.sleep(min(pause, deadline.left() + 0.001))
                pause = min(0.1, pause * 1.1)

    def _connect(self) -> "Connection":
        peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            peer.connect(self._socket)
        except BaseException:
            peer.close()
            raise
        return Connection(self, peer)

    def _give_back(self, connection: "Connection") -> None:
        if connection.waits:
            # Whatever comes would be taken for the answer to the next question.
            connection.close()
            return
        with self._lock:
            self._idle.append(connection)

    def _log(self) -> str:
        return "\n".join(list(self._output.lines)[-20:])


class Connection:
    """A conversation with an engine, and the mapping that belongs to it. For one thread at a time."""

    def __init__(self, engine: Engine, peer: socket.socket):
        self._engine = engine
        self._peer = peer
        self._stream = peer.makefile("rb")
        self._mapping: Optional[mmap.mmap] = None
        self._size = 0
        #: Whether an answer is still to come.
        self.waits = False

    def ask(self, question: Mapping[str, Any], body: bytes = b"") -> Tuple[Dict[str, Any], bytes]:
        """Sends a question and waits for its answer.

        :raises InvalidInput: if the engine refuses it
        :raises ServiceError: if the engine fails
        :raises ServiceDied: if it is gone
        """
        self.tell(question, body)
        return self.hear()

    def tell(self, message: Mapping[str, Any], body: bytes = b"") -> None:
        """Sends a message."""
        head = json.dumps(message).encode()
        self.waits = True
        try:
            self._peer.sendall(b"".join((_LENGTHS.pack(len(head), len(body)), head, body)))
        except OSError as wrong:
            raise self._engine.gone(wrong) from None

    def hear(self) -> Tuple[Dict[str, Any], bytes]:
        """Waits for a message; what is no batch to be scored is the answer."""
        try:
            head_length, body_length = _LENGTHS.unpack(self._read(_LENGTHS.size))
            head = json.loads(self._read(head_length))
            body = self._read(body_length)
        except OSError as wrong:
            raise self._engine.gone(wrong) from None
        self.waits = "score" in head
        if "error" in head:
            raise (InvalidInput if head["error"] == "invalid" else ServiceError)(str(head["message"]))
        return head, body

    def hear_the_end(self) -> None:
        """Tells the engine that nothing more is scored, and waits until it has given up. Raises nothing, for whoever calls
        this has something to raise."""
        try:
            self.tell({"stop": True})
            while self.waits:
                self.hear()
        except QuicklimeError:
            pass

    def mapping(self, size: int) -> mmap.mmap:
        """At least so many bytes that the engine has mapped too. What they held before is lost or not."""
        if self._mapping is not None and size <= self._size and not (self._size > _KEPT and 4 * size < self._size):
            return self._mapping
        self._mapping, self._size = None, 0
        folder, name, mapping = self._engine.memory(size)
        try:
            self.ask({"do": "map", "file": name})
        finally:
            # Without a name it cannot be left behind.
            os.unlink(name)
            if folder != self._engine.folder:
                os.rmdir(folder)
        self._mapping, self._size = mapping, size
        return mapping

    def close(self) -> None:
        """Ends it; the engine gives up what it was at."""
        self._stream.close()
        self._peer.close()
        self._mapping = None

    def _read(self, count: int) -> bytes:
        found = self._stream.read(count)
        if len(found) < count:
            raise self._engine.gone()
        return found


_engines: Dict[Tuple[str, ...], Engine] = {}
_starting = threading.Lock()


def shared(command: Optional[Command] = None, start_timeout: float = 120.0) -> Engine:
    """The engine of this program that a command starts; started now if it does not run."""
    words = tuple(launcher(command))
    with _starting:
        engine = _engines.get(words)
        if engine is None or not engine.runs():
            if engine is not None:
                engine.stop()
            engine = _engines[words] = Engine(words, start_timeout)
        return engine


def stop() -> None:
    """Ends all engines of this program."""
    with _starting:
        ended = list(_engines.values())
        _engines.clear()
    for engine in ended:
        engine.stop()


def array(mapping: mmap.mmap, at: int, shape: Sequence[int], kind: Any) -> np.ndarray:
    """A part of a mapping as an array, without a copy."""
    return np.ndarray(shape, kind, buffer=mapping, offset=at)


def _forget() -> None:
    global _starting
    # A fork must not speak where its parent does.
    _starting = threading.Lock()
    _engines.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _finish(process: "subprocess.Popen[bytes]", owner: int, folder: str) -> None:
    if owner != os.getpid():
        return
    try:
        _end(process, owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _private_folder() -> str:
    """A folder for this user alone, in memory where that can be had."""
    parents = [_MEMORY, None, "/tmp"]
    for parent in parents:
        try:
            folder = tempfile.mkdtemp(prefix="quicklime-", dir=parent)
        except OSError:
            continue
        if len(os.path.join(folder, "socket").encode()) <= _LONGEST_NAME:
            return folder
        os.rmdir(folder)
    raise StartFailed("a private folder with a short name could be made neither in /dev/shm nor in /tmp: is one of them writable?")


def _mapped(folder: str, size: int) -> Tuple[str, mmap.mmap]:
    handle, name = tempfile.mkstemp(prefix="ring-", dir=folder)
    try:
        _reserve(handle, size)
        return name, mmap.mmap(handle, size)
    except BaseException:
        os.unlink(name)
        raise
    finally:
        os.close(handle)


def _reserve(handle: int, size: int) -> None:
    """Gives a file its size and all of its memory: a write to what is not there would end the process."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
        return
    zeros = bytes(1 << 20)
    for start in range(0, size, len(zeros)):
        os.write(handle, zeros[: size - start])

"""Stands between a Python program and the service that it started, and ends the service when the program is gone.

Run as a program of its own, with the seconds of grace, the program's process id, and the service's command. The program
holds the other end of standard input: as soon as that closes, or the program is no longer the parent, everything in this
process's group is asked to end, and killed after the grace; the folder that ``QUICKLIME_FOLDER`` names goes with it. Ends
with the service's exit code.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import threading

_LOOK_EVERY = 1.0


class _Stop(Exception):
    pass


def _asked(_number: int, _frame: object) -> None:
    raise _Stop


def _watch(program: int) -> None:
    """Returns when the program is gone. A child that it forked may hold the pipe open, so the parent is looked at too."""
    while os.getppid() == program:
        ready, _, _ = select.select([0], [], [], _LOOK_EVERY)
        if ready and not os.read(0, 1024):
            return


def _tidy() -> None:
    if "QUICKLIME_FOLDER" in os.environ:
        shutil.rmtree(os.environ["QUICKLIME_FOLDER"], ignore_errors=True)


def _leave_with(service: "subprocess.Popen[bytes]") -> None:
    code = service.wait()
    _tidy()
    os._exit(code if code >= 0 else 128 - code)


def main() -> int:
    grace, program, command = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    signal.signal(signal.SIGTERM, _asked)
    signal.signal(signal.SIGINT, _asked)
    service = None
    try:
        try:
            service = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        except OSError as wrong:
            print(f"{command[0]}: {wrong.strerror}", file=sys.stderr)
            return 127
        threading.Thread(target=_leave_with, args=(service,), daemon=True).start()
        _watch(program)
    except _Stop:
        pass
    # A handler, not SIG_IGN, so that it is not handed on; the group is this process, the service and what it started.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    os.killpg(0, signal.SIGTERM)
    if service is not None:
        try:
            service.wait(grace)
        except subprocess.TimeoutExpired:
            pass
    _tidy()
    os.killpg(0, signal.SIGKILL)
    return 0


if __name__ == "__main__":
    sys.exit(main())

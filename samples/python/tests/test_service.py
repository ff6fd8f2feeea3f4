import gc
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from unittest import mock

import numpy as np

import quicklime
from quicklime import _service

FAKE = [sys.executable, str(pathlib.Path(__file__).with_name("fake_service.py"))]
PICTURE = np.zeros((4, 6, 3), np.uint8)
PATHS = os.pathsep.join(path for path in sys.path if path)


def runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        # One that has ended and was not asked for yet is gone too.
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return os.path.isdir("/proc/self") is False


@unittest.skipIf(os.name != "posix", "a service is started on Linux and macOS only")
class ServiceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.notes = self.folder / "note.json"

    def start(self, how="well", **options):
        explainer = quicklime.Explainer(how, FAKE, note=self.notes, start_timeout=options.pop("start_timeout", 30), **options)
        self.addCleanup(explainer.close)
        return explainer

    def note(self):
        return json.loads(self.notes.read_text())

    def ends(self, pid, within=10.0):
        end = time.monotonic() + within
        while runs(pid):
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def script(self, body):
        """A Python program that has an explainer and then does something."""
        text = f"""
            import os, signal, sys, time, quicklime
            explainer = quicklime.Explainer("well", {FAKE!r}, note={str(self.notes)!r}, start_timeout=30)
            print("ready", flush=True)
            """
        program = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(text) + textwrap.dedent(body)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": PATHS},
        )
        self.addCleanup(program.communicate)
        self.addCleanup(lambda: program.poll() is None and program.kill())
        self.assertEqual(program.stdout.readline(), b"ready\n", program.poll())
        return program

    def test_should_start_a_service_and_end_it(self):
        with self.start() as explainer:
            self.assertEqual(explainer.name, "well")
            self.assertRegex(explainer.url, r"http://127\.0\.0\.1:\d+")
            self.assertIn("a service of its own", repr(explainer))
            self.assertEqual(explainer.explain(PICTURE).classes, (281, 7))
            pid = self.note()["pid"]
            self.assertTrue(runs(pid))
        self.assertFalse(runs(pid))

    def test_should_hand_over_options_as_words_and_the_token_in_the_environment(self):
        with self.start(name="n", device="cpu", max_pixels=9, verbose=True, quiet=False, labels=None, mean=(1, 2.5)):
            note = self.note()
        words = note["words"]
        for word in ("serve", "--model=well", "--name=n", "--device=cpu", "--max-pixels=9", "--verbose", "--timeout=86400", "--max-body=1024", "--mean=1,2.5"):
            self.assertIn(word, words)
        self.assertFalse([word for word in words if "quiet" in word or "labels" in word])
        self.assertGreaterEqual(len(note["token"]), 40)
        self.assertNotIn(note["token"], " ".join(words))
        with self.start():
            self.assertIn("--quiet", self.note()["words"])
            self.assertNotEqual(self.note()["token"], note["token"])

    def test_should_say_what_a_service_printed_that_died_at_once(self):
        with self.assertRaises(quicklime.StartFailed) as caught:
            self.start("dies")
        self.assertIn("exit code 2 before it was ready: quicklime: the model dies does not exist", str(caught.exception))
        self.assertIn("does not exist", caught.exception.log)

    def test_should_say_when_a_service_dies_later(self):
        explainer = self.start("crashes")
        with self.assertRaises(quicklime.ServiceDied) as caught:
            explainer.explain(PICTURE)
        self.assertIn("exit code 134", str(caught.exception))
        self.assertIn("a crash in native code", caught.exception.log)

    def test_should_give_up_on_a_service_that_is_never_ready(self):
        with self.assertRaisesRegex(quicklime.StartFailed, "not ready within 1.5 s"):
            self.start("silent", start_timeout=1.5)
        self.assertTrue(self.ends(self.note()["pid"]))

    def test_should_wait_for_the_port_that_is_announced(self):
        with self.assertRaisesRegex(quicklime.StartFailed, "not ready within 1.5 s, and said nothing"):
            self.start("mute", start_timeout=1.5)
        with self.start(name="x at http://127.0.0.1:1") as explainer:
            self.assertEqual(explainer.models(), ["x at http://127.0.0.1:1"])

    def test_should_keep_to_itself_where_and_for_whom_the_service_listens(self):
        for option in ("port", "host", "token_file", "insecure"):
            with self.assertRaisesRegex(quicklime.InvalidInput, option):
                self.start(**{option: "x"})

    def test_should_kill_a_service_that_does_not_listen(self):
        with mock.patch.object(_service, "GRACE", 0.5):
            explainer = self.start("stubborn")
            start = time.monotonic()
            explainer.close()
        self.assertLess(time.monotonic() - start, 5)
        self.assertTrue(self.ends(self.note()["pid"]))

    def test_should_read_what_a_service_prints(self):
        with self.start("chatty") as explainer:
            explainer.explain(PICTURE)

    def test_should_end_its_service_when_it_is_collected(self):
        explainer = quicklime.Explainer("well", FAKE, note=self.notes, start_timeout=30)
        pid = self.note()["pid"]
        del explainer
        gc.collect()
        self.assertTrue(self.ends(pid))

    def test_should_end_its_service_when_the_program_ends(self):
        program = self.script("")
        self.assertEqual(program.wait(20), 0)
        self.assertEqual(program.stderr.read(), b"")
        self.assertTrue(self.ends(self.note()["pid"]))

    def test_should_end_its_service_when_the_program_fails(self):
        program = self.script("raise SystemExit(3)")
        self.assertEqual(program.wait(20), 3)
        self.assertTrue(self.ends(self.note()["pid"]))

    def test_should_end_its_service_when_the_program_is_killed(self):
        program = self.script("time.sleep(60)")
        pid = self.note()["pid"]
        self.assertTrue(runs(pid))
        program.send_signal(signal.SIGKILL)
        program.wait(10)
        self.assertTrue(self.ends(pid))

    def test_should_end_its_service_though_a_fork_of_the_program_lives_on(self):
        program = self.script(
            """
            fork = os.fork()
            if not fork:
                for number in (0, 1, 2):
                    os.close(number)
                time.sleep(30)
                os._exit(0)
            print(fork, flush=True)
            time.sleep(60)
            """
        )
        fork = int(program.stdout.readline())
        self.addCleanup(lambda: runs(fork) and os.kill(fork, signal.SIGKILL))
        program.send_signal(signal.SIGKILL)
        program.wait(10)
        self.assertTrue(self.ends(self.note()["pid"]))
        self.assertTrue(runs(fork))

    def test_should_not_end_its_service_when_a_fork_ends(self):
        program = self.script(
            """
            fork = os.fork()
            if not fork:
                explainer.close()
                sys.exit(0)
            os.waitpid(fork, 0)
            print(explainer.models(), flush=True)
            """
        )
        self.assertEqual(program.stdout.readline(), b"['well']\n")
        self.assertEqual(program.wait(20), 0)
        self.assertTrue(self.ends(self.note()["pid"]))

    def test_should_keep_its_service_when_a_call_is_interrupted(self):
        program = self.script(
            """
            try:
                os.kill(0, signal.SIGINT) if os.getpgrp() == os.getpid() else os.kill(os.getpid(), signal.SIGINT)
                time.sleep(5)
            except KeyboardInterrupt:
                print(explainer.models(), flush=True)
            """
        )
        self.assertEqual(program.stdout.readline(), b"['well']\n")

    def test_should_end_a_service_whose_start_is_interrupted(self):
        text = f"""
            import quicklime
            quicklime.Explainer("silent", {FAKE!r}, note={str(self.notes)!r}, start_timeout=60)
            """
        program = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(text)], stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": PATHS}
        )
        self.addCleanup(program.communicate)
        end = time.monotonic() + 20
        while not (self.notes.exists() and self.notes.stat().st_size) and time.monotonic() < end:
            time.sleep(0.05)
        program.send_signal(signal.SIGINT)
        self.assertNotEqual(program.wait(20), 0)
        self.assertTrue(self.ends(self.note()["pid"]))

    def test_should_end_its_service_when_the_watchdog_is_asked_to_end(self):
        explainer = self.start()
        os.kill(explainer._service._process.pid, signal.SIGTERM)
        self.assertTrue(self.ends(self.note()["pid"]))
        with self.assertRaises(quicklime.ServiceDied):
            explainer.explain(PICTURE)

    def test_should_end_what_its_service_started(self):
        command = self.folder / "launcher"
        # As the launcher does while it builds: a child of a shell that does not hand on signals.
        command.write_text(f"#!/bin/sh\nsleep 300 &\necho $! >{self.folder}/child\n{FAKE[0]} {FAKE[1]} \"$@\"\n")
        command.chmod(0o755)
        with quicklime.Explainer("well", command, start_timeout=30):
            child = int((self.folder / "child").read_text())
            self.assertTrue(runs(child))
        self.assertTrue(self.ends(child))


class LauncherTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.command = self.folder / "quicklime"
        self.command.write_text("#!/bin/sh\n")
        self.command.chmod(0o755)

    def environment(self, **variables):
        return mock.patch.dict(os.environ, {"PATH": "/nowhere", "QUICKLIME_COMMAND": "", **variables})

    def test_should_look_at_the_argument_then_the_environment_then_the_path(self):
        with self.environment(PATH=str(self.folder), QUICKLIME_COMMAND=str(self.command) + "-2"):
            self.assertEqual(_service.launcher(self.command), [str(self.command)])
            with self.assertRaisesRegex(quicklime.StartFailed, "quicklime-2' does not exist"):
                _service.launcher()
        with self.environment(PATH=str(self.folder)):
            self.assertEqual(_service.launcher(), [str(self.command)])
            self.assertEqual(_service.launcher("quicklime"), [str(self.command)])
        with self.environment():
            with self.assertRaisesRegex(quicklime.StartFailed, "QUICKLIME_COMMAND"):
                _service.launcher()

    def test_should_take_a_list_of_words(self):
        self.assertEqual(_service.launcher(["a", pathlib.Path("b")]), ["a", "b"])
        with self.environment(QUICKLIME_COMMAND=f"{self.command} --flag 'a b'"):
            self.assertEqual(_service.launcher(), [str(self.command), "--flag", "a b"])
        with self.assertRaises(quicklime.InvalidInput):
            _service.launcher([])

    def test_should_take_a_path_with_blanks(self):
        spaced = self.folder / "a folder" / "quicklime"
        spaced.parent.mkdir()
        spaced.write_text("#!/bin/sh\n")
        spaced.chmod(0o755)
        self.assertEqual(_service.launcher(spaced), [str(spaced)])

    def test_should_say_why_a_command_cannot_be_run(self):
        self.command.chmod(0o644)
        for command, reason in ((self.folder, "is a folder"), (self.folder / "x", "does not exist"), (self.command, "cannot be run")):
            with self.assertRaisesRegex(quicklime.StartFailed, reason):
                _service.launcher(command)

    def test_should_say_that_a_word_of_a_list_does_not_exist(self):
        with self.assertRaisesRegex(quicklime.StartFailed, "exit code 127 before it was ready: .*No such file"):
            quicklime.Explainer("m", [str(self.folder / "missing")], start_timeout=20)


if __name__ == "__main__":
    unittest.main()

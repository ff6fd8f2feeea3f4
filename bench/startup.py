#!/usr/bin/env python3
"""Times the start of `samples/quicklime explain PICTURE` beside the imports that LIME needs in Python.

    python bench/startup.py [--repeats 7] [--python PYTHON] [PICTURE]

Ours is the time from starting the launcher until the first samples are composed for the model, which settle precision
and batch, and until the first batch after that is handed over; Python's is that of a process that imports torch and what LIME takes from scikit-image and scikit-learn, and ends. They run in
turn, after one run of each that fills the caches. Medians and minima are of wall-clock time; processor time
counts all threads and says more on a machine that does other things too.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "samples/scenes/src/main/resources/dev/quicklime/scenes/bundled/star-on-bricks.png"
IMPORTS = "import torch, skimage.segmentation, sklearn.linear_model"
FIRST_SAMPLES = "the first samples are composed"
FIRST_BATCH = "the first batch runs"
BUDGET = 0.5


def processor_seconds(pid):
    """What a running process and the children it has waited for took, or None where nobody knows."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def time_quicklime(picture, out):
    """Seconds until each part of a run was reached, and the processor time until the first batch."""
    command = [ROOT / "samples/quicklime", "explain", picture, "--quiet", "--out", out]
    environment = os.environ | {"QUICKLIME_TIMES": "1"}
    start = time.perf_counter()
    reached, processor, said = {}, None, []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stderr:
            found = re.fullmatch(r"quicklime: +\d+ ms: (.*)\n", line)
            if found:
                reached[found[1]] = time.perf_counter() - start
                if found[1] == FIRST_BATCH:
                    processor = processor_seconds(process.pid)
            else:
                said.append(line)
    reached["the process has ended"] = time.perf_counter() - start
    if process.returncode or FIRST_BATCH not in reached:
        sys.exit(f"startup.py: quicklime ended with {process.returncode}: {''.join(said)}")
    return reached, processor


def time_python(python):
    """Seconds that the imports take, and their processor time; None where they fail."""
    start = time.perf_counter()
    process = subprocess.Popen([python, "-c", IMPORTS], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def line(name, seconds, processor):
    known = [p for p in processor if p is not None]
    cpu = f"{statistics.median(known):10.2f} s" if known else "   unknown"
    print(f"{name:32}{statistics.median(seconds):8.2f} s{min(seconds):8.2f} s{cpu}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("picture", nargs="?", type=Path, default=PICTURE)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--python", default=sys.executable, help="the interpreter that is measured")
    arguments = parser.parse_args()
    if arguments.repeats < 1:
        parser.error(f"--repeats must be at least 1, got {arguments.repeats}")

    if time_python(arguments.python) is None:
        print(f"skipped: {arguments.python} lacks torch, scikit-image or scikit-learn")
        return
    with tempfile.TemporaryDirectory() as out:
        time_quicklime(arguments.picture, out)
        ours, theirs = [], []
        for _ in range(arguments.repeats):
            ours.append(time_quicklime(arguments.picture, out))
            theirs.append(time_python(arguments.python))

    print(f"{arguments.repeats} runs of each, in turn      median     best   processor")
    line("Python's imports", [t for t, _ in theirs], [p for _, p in theirs])
    for part in ours[0][0]:
        processor = [p for _, p in ours] if part == FIRST_BATCH else []
        seconds = [reached[part] for reached, _ in ours if part in reached]
        if processor:
            line(part, seconds, processor)
        else:
            print(f"  {part:30}{statistics.median(seconds):8.2f} s{min(seconds):8.2f} s")
    print()
    for what, name in ((FIRST_SAMPLES, "first samples"), (FIRST_BATCH, "first batch")):
        median = statistics.median(r[what] for r, _ in ours) / statistics.median(t for t, _ in theirs)
        best = min(r[what] for r, _ in ours) / min(t for t, _ in theirs)
        print(f"{name} / imports: {median:.2f} by medians, {best:.2f} by the best runs; aimed at {BUDGET}")


if __name__ == "__main__":
    main()

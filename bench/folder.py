#!/usr/bin/env python3
"""Explains a folder of generated scenes by the command line, and sets its time beside that of the forward passes in it.

  bench/folder.py [--count 200] [--samples 1000] [OPTION OF explain]...

With all figures the whole process may take 2.5 times the sum of its forward passes, without figures 1.25 times; it may have
600 MB in memory, and no more in the second half of the pictures than in the first but for a tenth. Prints a table, and ends
with 1 where something is more. It needs no package of Python, and two processors that are otherwise idle.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
COMMAND = os.environ.get("QUICKLIME", str(ROOT / "samples/quicklime"))
MOST = {"all": 2.5, "none": 1.25}
MOST_MEGABYTES = 600
GROWTH = 1.1


def resident(process: int) -> float:
    """Megabytes that a process has in memory, 0 where it has ended."""
    try:
        text = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS")), 0)


def explained(folder: pathlib.Path, out: pathlib.Path, figures: str, options: list[str]) -> dict:
    """Runs the command once, and looks at its memory twice a second."""
    # The launcher becomes the JVM, so this is the process to look at.
    command = [COMMAND, "explain", str(folder), "--figures", figures, "--out", str(out), "--quiet", *options]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    looked = []
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.5):
            looked.append((len(list(out.glob("*/explanation.json"))), resident(process.pid)))

    watch = threading.Thread(target=look)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    ended.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    reports = [json.loads(path.read_text()) for path in out.glob("*/explanation.json")]
    half = len(reports) / 2
    return {
        "pictures": len(reports),
        "wall": wall,
        "forward": sum(report["timings"]["forward"] for report in reports) / 1e3,
        "megabytes": usage.ru_maxrss / 1024,
        "first half": max((mb for done, mb in looked if done < half), default=0),
        "second half": max((mb for done, mb in looked if done >= half), default=0),
        "bytes": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 2**20,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="scenes; default: 200")
    parser.add_argument("--samples", type=int, default=1000, help="of each; default: 1000")
    args, options = parser.parse_known_args()
    good = True
    with tempfile.TemporaryDirectory() as work:
        scenes = pathlib.Path(work, "scenes")
        generate = [COMMAND, "scenes", "generate", "--count", str(args.count), "--size", "256", "--out", str(scenes)]
        subprocess.run(generate, check=True, stdout=subprocess.DEVNULL)
        # Settles precision and batch, which are remembered, and makes what fast starts need.
        first = [COMMAND, "explain", str(scenes / "scene-0001.png"), "--out", str(pathlib.Path(work, "first")), "--quiet"]
        subprocess.run([*first, *options], check=True, stdout=subprocess.DEVNULL)
        print(f"{args.count} scenes, {args.samples} samples each")
        print(f"{'figures':>8}{'wall, s':>9}{'forward, s':>12}{'ratio':>7}{'MB':>6}{'first half':>12}{'second':>8}{'files, MB':>11}")
        for figures, most in MOST.items():
            options_now = ["--samples", str(args.samples), *options]
            got = explained(scenes, pathlib.Path(work, figures), figures, options_now)
            ratio = got["wall"] / got["forward"]
            print(
                f"{figures:>8}{got['wall']:9.1f}{got['forward']:12.1f}{ratio:7.2f}{got['megabytes']:6.0f}"
                f"{got['first half']:12.0f}{got['second half']:8.0f}{got['bytes']:11.1f}",
                flush=True,
            )
            for fine, rule in (
                (got["pictures"] == args.count, f"all {args.count} scenes must be explained, got {got['pictures']}"),
                (ratio <= most, f"figures {figures} may take {most} times the forward passes"),
                (got["megabytes"] <= MOST_MEGABYTES, f"{MOST_MEGABYTES} MB may be in memory"),
                (got["second half"] <= GROWTH * got["first half"], "memory must not grow with the pictures"),
            ):
                if not fine:
                    print(f"folder: {rule}")
                    good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

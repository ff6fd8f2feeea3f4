"""How long pages take to open in Chromium without a window, and what they weigh.

Needs chromium and chromedriver on the path, and nothing of pip:

    python bench/opening.py quicklime-out/study/report.html

Each page is opened TIMES times, and the middle of these is told: milliseconds from asking for the page to its first paint and to the
end of loading, with the page's elements and pictures.
"""

import argparse
import contextlib
import json
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import urllib.request

ASK = """
const [opened] = performance.getEntriesByType('navigation');
const paint = performance.getEntriesByName('first-contentful-paint')[0];
return {
  loaded: opened.loadEventEnd,
  painted: paint ? paint.startTime : 0,
  elements: document.querySelectorAll('*').length,
  pictures: document.querySelectorAll('img, image').length,
};
"""


def call(address, body=None, method="POST"):
    """What chromedriver answers."""
    data = None if method != "POST" else json.dumps(body or {}).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)["value"]


@contextlib.contextmanager
def browser(profile):
    """The address of a session, which ends with its browser."""
    driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
    try:
        port = next(found[1] for line in driver.stdout if (found := re.search(r"successfully on port (\d+)", line)))
        options = {
            "binary": shutil.which("chromium") or shutil.which("google-chrome"),
            "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,800",
                     "--disable-background-networking", f"--user-data-dir={profile}"],
        }
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
        root = f"http://127.0.0.1:{port}/session"
        session = f"{root}/{call(root, wanted)['sessionId']}"
        try:
            yield session
        finally:
            call(session, method="DELETE")
    finally:
        driver.terminate()
        driver.wait()


def opened(session, page):
    call(f"{session}/url", {"url": page.resolve().as_uri()})
    found = {"painted": 0}
    # The first frame may be shown after all is loaded.
    for _ in range(50):
        found = call(f"{session}/execute/sync", {"script": ASK, "args": []})
        if found["painted"] and found["loaded"]:
            break
    return found


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("pages", nargs="+", type=pathlib.Path, metavar="PAGE")
    asked.add_argument("--times", type=int, default=9)
    given = asked.parse_args()
    for page in given.pages:
        if not page.is_file():
            asked.error(f"{page} is not a file")
    print(f"{'page':<44} {'bytes':>10} {'painted':>8} {'loaded':>8} {'slowest':>8} {'elements':>8} {'pictures':>8}")
    with tempfile.TemporaryDirectory() as profile, browser(profile) as session:
        for page in given.pages:
            # The first of a browser finds nothing prepared.
            all_found = [opened(session, page) for _ in range(given.times + 1)][1:]
            middle = {key: statistics.median(found[key] for found in all_found) for key in all_found[0]}
            print(
                f"{str(page)[-44:]:<44} {page.stat().st_size:>10} {middle['painted']:>8.0f} {middle['loaded']:>8.0f}"
                f" {max(found['loaded'] for found in all_found):>8.0f} {middle['elements']:>8.0f} {middle['pictures']:>8.0f}"
            )


if __name__ == "__main__":
    main()

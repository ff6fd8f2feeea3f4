import json
import os
import pathlib
import unittest
from unittest import mock

from fake_service import FakeService, explanation

import quicklime

NOTEBOOK = pathlib.Path(__file__).parent.parent / "quicklime.ipynb"

try:
    import nbclient
    import nbformat
except ImportError:
    nbclient = None


class NotebookTest(unittest.TestCase):
    def setUp(self):
        self.notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
        # The notebook looks for the clone that it is in.
        here = os.getcwd()
        os.chdir(NOTEBOOK.parent)
        self.addCleanup(os.chdir, here)

    def cells(self):
        return ["".join(cell["source"]) for cell in self.notebook["cells"] if cell["cell_type"] == "code"]

    def test_should_hold_no_outputs(self):
        self.assertEqual(self.notebook["nbformat"], 4)
        ids = [cell["id"] for cell in self.notebook["cells"]]
        self.assertEqual(len(set(ids)), len(ids))
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "code":
                self.assertEqual((cell["outputs"], cell["execution_count"]), ([], None))

    def test_should_run_cell_by_cell(self):
        def answer(request, _):
            count = len(request.body["instances"])
            if request.path.endswith(":predict"):
                return 200, {"predictions": [[0.1] * 300] * count}
            return 200, {"explanations": [explanation(256, 256)] * count}

        class Explainer(quicklime.Explainer):
            def __init__(self):
                super().__init__(url=service.url)

        names = {"print": lambda *_: None}
        with FakeService(answer) as service, mock.patch.object(quicklime, "Explainer", Explainer), mock.patch.dict(os.environ):
            with mock.patch.object(quicklime.Explanation, "show_in_notebook", lambda *_, **__: None):
                for number, cell in enumerate(self.cells()):
                    with self.subTest(cell=number):
                        exec(compile(cell, f"cell {number}", "exec"), names)
        self.assertEqual(names["shown"].shape, (256, 256, 3))

    @unittest.skipUnless(os.environ.get("QUICKLIME_COMMAND"), "QUICKLIME_COMMAND does not name a launcher")
    def test_should_run_with_quicklime_itself(self):
        names = {"print": lambda *_: None}
        with mock.patch.object(quicklime.Explanation, "show_in_notebook", lambda *_, **__: None):
            for number, cell in enumerate(self.cells()):
                exec(compile(cell, f"cell {number}", "exec"), names)

    @unittest.skipUnless(nbclient and os.environ.get("QUICKLIME_COMMAND"), "needs nbclient, ipykernel and QUICKLIME_COMMAND")
    def test_should_run_in_jupyter(self):
        paths = os.pathsep.join([str(pathlib.Path(quicklime.__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
        with mock.patch.dict(os.environ, {"PYTHONPATH": paths}):
            nbclient.NotebookClient(nbformat.read(NOTEBOOK, 4), timeout=600).execute()


if __name__ == "__main__":
    unittest.main()

import os
import pathlib
import re
import shlex
import sys
import unittest
from unittest import mock

import numpy as np
from fake_service import FakeService

import quicklime
from quicklime import _png

HERE = pathlib.Path(__file__).parent.parent


class ReadmeTest(unittest.TestCase):
    def test_should_run_every_block_as_it_stands(self):
        blocks = re.findall(r"```python\n(.*?)```", (HERE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
        self.assertEqual(len(blocks), 4)
        file = _png.encode(np.zeros((4, 6, 3), np.uint8))
        engine = pathlib.Path(__file__).with_name("fake_engine.py")
        command = shlex.join([sys.executable, str(engine), "well"])
        self.addCleanup(quicklime.LimeImageExplainer.close_engine)
        with FakeService() as service, mock.patch.dict(os.environ, QUICKLIME_COMMAND=command):

            def explainer(*_, **__):
                return quicklime.Explainer(url=service.url)

            names = {"print": lambda *_: None}
            for block in blocks:
                text = block.replace("import quicklime\n", "").replace('"cat.jpg"', "FILE").replace('"dog.jpg"', "FILE")
                text = text.replace("quicklime.Explainer", "EXPLAINER")
                names.update(quicklime=quicklime, FILE=file, EXPLAINER=explainer)
                exec(compile(text, "README.md", "exec"), names)
        self.assertEqual(names["mask"].shape, (4, 6))
        self.assertEqual(names["probabilities"].shape, (2, 3))
        self.assertEqual(len(names["explained"].local_exp), 1)

    def test_should_name_every_error(self):
        readme = (HERE / "README.md").read_text(encoding="utf-8")
        for name in quicklime.__all__:
            if issubclass(getattr(quicklime, name), Exception):
                self.assertIn(f"`{name}`", readme)

    def test_should_be_readable_by_the_oldest_python_it_promises(self):
        import ast

        for file in sorted((HERE / "src" / "quicklime").glob("*.py")):
            ast.parse(file.read_text(encoding="utf-8"), str(file), feature_version=(3, 9))


if __name__ == "__main__":
    unittest.main()

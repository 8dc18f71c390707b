"""Every Python block of the docs runs, page by page in order, and prints what the page says; so does the notebook."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.docs.desk import Desk
from tests.docs.pages import PAGES, ROOT, blocks, name_of

ELSEWHERE = {"docs/api.md": "tests/web/test_api_docs.py runs it against a server"}
NOTEBOOK = ROOT / "docs" / "library.ipynb"
PRINTED = re.compile(r"^```python\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python") and name_of(p) not in ELSEWHERE], ids=name_of)
def test_the_python_of_a_page_runs_and_prints_what_the_page_says(page: Path, tmp_path: Path, knowledge, firms, monkeypatch):
    monkeypatch.chdir(Desk(tmp_path, knowledge, firms).place)
    names: dict[str, Any] = {}
    for code, printed in PRINTED.findall(page.read_text("utf-8")):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, name_of(page), "exec"), names)
        assert not printed or out.getvalue() == printed


def shown(code: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """What a notebook shows under a cell: what it prints, then what its last expression is."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(tree, NOTEBOOK.name, "exec"), names)
        value = eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names) if last else None
    outputs: list[dict[str, Any]] = []
    if out.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": out.getvalue().splitlines(keepends=True)})
    if value is not None:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        if hasattr(value, "_repr_html_"):
            data = {"text/html": value._repr_html_().splitlines(keepends=True)} | data
        outputs.append({"data": data, "execution_count": None, "metadata": {}, "output_type": "execute_result"})
    return outputs


@pytest.mark.slow
def test_the_notebook_runs_cell_by_cell_and_shows_what_it_holds(monkeypatch):
    """After a change that is meant: UPDATE_GOLDEN=1."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    assert (notebook["nbformat"], {cell["cell_type"] for cell in notebook["cells"]}) == (4, {"code", "markdown"})
    monkeypatch.chdir(NOTEBOOK.parent)
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            outputs = shown("".join(cell["source"]), names)
            if os.environ.get("UPDATE_GOLDEN"):
                cell["outputs"] = outputs
            assert cell["outputs"] == outputs
    if os.environ.get("UPDATE_GOLDEN"):
        NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")

"""The web server as a user starts it: a process of its own, for tests that speak to it from outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

SERVE = (sys.executable, "-m", "advisor", "--lang", "en", "serve")


@contextmanager
def server(database: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server process and its port; killed at the end if it still runs."""
    process = subprocess.Popen(
        [*SERVE, "--port", "0", "--database", str(database), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert port, line
        yield process, int(port[1])
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()

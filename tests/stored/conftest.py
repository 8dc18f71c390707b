"""What tests of stored files share: where they lie, and how they are unpacked."""

from __future__ import annotations

import lzma
from pathlib import Path

STORED = Path(__file__).parent
ASSESSMENTS = sorted((STORED / "assessments").glob("*.json.xz"))
SHEETS = sorted((STORED / "sheets").iterdir())


def unpacked(path: Path) -> bytes:
    """The content of a file packed by xz."""
    return lzma.decompress(path.read_bytes())

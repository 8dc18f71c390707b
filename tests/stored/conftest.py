"""What tests of stored files share: where they lie, and how they are unpacked."""

from __future__ import annotations

import lzma
import shutil
from pathlib import Path

import pytest

from advisor.knowledge import Knowledge, load_knowledge
from tests.conftest import SMALL

STORED = Path(__file__).parent
ASSESSMENTS = sorted((STORED / "assessments").glob("*.json.xz"))
SHEETS = sorted((STORED / "sheets").iterdir())


def unpacked(path: Path) -> bytes:
    """The content of a file packed by xz."""
    return lzma.decompress(path.read_bytes())


@pytest.fixture(scope="session")
def renewed_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny knowledge, with questions that are no longer asked."""
    folder = tmp_path_factory.mktemp("renewed")
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    shutil.copy(STORED / "renewed.yaml", folder / "questionnaires" / "upgrades.yaml")
    return folder


@pytest.fixture(scope="session")
def renewed(renewed_files: Path) -> Knowledge:
    """The tiny knowledge, with questions that are no longer asked."""
    return load_knowledge(renewed_files / "rules", renewed_files / "questionnaires")

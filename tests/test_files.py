"""Files are read within bounds and written whole, or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.errors import InputError
from advisor.files import MAX_FILE_BYTES, read_file, same_file, write_file


def refusal(action, *arguments) -> str:
    with pytest.raises(InputError) as refused:
        action(*arguments)
    return refused.value.key


@pytest.fixture
def umask() -> Iterator[None]:
    """New files are for their owner, and may be read by the group."""
    before = os.umask(0o027)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_read_up_to_its_limit_and_not_a_byte_beyond(tmp_path: Path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    assert read_file(path, 100) == b"x" * 100
    assert refusal(read_file, path, 99) == "too_large"
    assert MAX_FILE_BYTES == 16_000_000


def test_the_limit_is_told_in_megabytes(tmp_path: Path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1_500_001)
    with pytest.raises(InputError, match=r"1\.5 "):
        read_file(path, 1_500_000)


def test_what_is_no_file_is_not_read(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(read_file, tmp_path / "none") == "no_file"
    assert refusal(read_file, tmp_path) == "no_regular_file"
    assert refusal(read_file, tmp_path / "pipe") == "no_regular_file"
    assert refusal(read_file, tmp_path / ("x" * 300)) == "unreadable"


def test_why_a_file_cannot_be_used_is_told_in_the_words_of_the_system(tmp_path: Path):
    for action, arguments in ((read_file, ()), (write_file, ("x",))):
        with pytest.raises(InputError, match="File name too long") as refused:
            action(tmp_path / ("x" * 300), *arguments)
        assert "Errno" not in str(refused.value)


def test_text_and_bytes_are_written_into_folders_that_are_made(tmp_path: Path):
    path = tmp_path / "new" / "deep" / "a.txt"
    assert write_file(path, "答卷") == path
    assert path.read_bytes() == "答卷".encode()
    assert write_file(path, b"\xff").read_bytes() == b"\xff"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.txt"], "no half of a file stays behind"


@pytest.mark.usefixtures("umask")
def test_a_new_file_goes_by_the_umask_and_an_old_one_keeps_its_permissions(tmp_path: Path):
    assert mode(write_file(tmp_path / "a", "x")) == 0o640
    assert mode(write_file(tmp_path / "secret", "x", 0o600)) == 0o600
    (tmp_path / "a").chmod(0o604)
    assert mode(write_file(tmp_path / "a", "y", 0o600)) == 0o604
    assert os.umask(0o027) == 0o027, "the umask is as it was"


def test_a_new_file_is_no_program_even_where_the_umask_takes_nothing_away(tmp_path: Path, umask: None):
    os.umask(0)
    assert mode(write_file(tmp_path / "a", "x")) == 0o666


def test_a_link_keeps_pointing_where_it_does(tmp_path: Path):
    target, link = tmp_path / "real", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_where_nothing_can_be_written_nothing_is_left_behind(tmp_path: Path):
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "file").write_text("x")
    assert refusal(write_file, tmp_path, "x") == "no_regular_file"
    assert refusal(write_file, tmp_path / "round", "x") in ("no_regular_file", "unwritable")
    assert refusal(write_file, tmp_path / "file" / "below", "x") == "unwritable"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "round"]


def test_an_interruption_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = write_file(tmp_path / "a", "old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]
    assert path.read_text() == "old"


def test_the_longest_name_a_folder_takes_can_be_written(tmp_path: Path):
    assert write_file(tmp_path / ("n" * 250), "x").read_text() == "x"


def test_two_ways_to_one_file_are_the_same_and_two_files_are_not(tmp_path: Path):
    assert same_file(tmp_path / "a", tmp_path / "b" / ".." / "a")
    assert not same_file(tmp_path / "a", tmp_path / "b")

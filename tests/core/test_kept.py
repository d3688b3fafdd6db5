"""What is kept between processes is found again, and nothing that others could have written is used."""

import os
from pathlib import Path

import pytest

from core.kept import MARK_BYTES, NEWEST, kept

NAME, MADE_FROM = "words", b"\x01\x02"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one test's caches."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "fyr"


class Maker:
    """Counts how often it had to work."""

    def __init__(self, body: bytes = b"body") -> None:
        self.body, self.times = body, 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.body


def _file(folder: Path) -> Path:
    return folder / f"{NAME}-{MADE_FROM.hex()}"


def test_it_is_made_once_and_anew_for_another_digest() -> None:
    make = Maker()
    assert [kept(NAME, MADE_FROM, make) for _ in range(3)] == [b"body"] * 3
    assert make.times == 1
    kept(NAME, b"\x03", make)
    assert make.times == 2


def test_the_folder_and_the_file_are_ours_alone(folder: Path) -> None:
    kept(NAME, MADE_FROM, Maker())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert _file(folder).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == [_file(folder).name]


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: data[:MARK_BYTES] + b"other", lambda _: b""])
def test_a_file_that_was_cut_or_changed_is_made_anew(folder: Path, spoil: object) -> None:
    make = Maker()
    kept(NAME, MADE_FROM, make)
    assert callable(spoil)
    _file(folder).write_bytes(spoil(_file(folder).read_bytes()))
    assert kept(NAME, MADE_FROM, make) == b"body"
    assert make.times == 2
    assert kept(NAME, MADE_FROM, Maker(b"unused")) == b"body"


def test_a_file_that_others_may_write_is_not_used(folder: Path) -> None:
    kept(NAME, MADE_FROM, Maker())
    _file(folder).chmod(0o666)
    assert kept(NAME, MADE_FROM, Maker(b"new")) == b"new"


def test_a_link_to_somebody_elses_file_is_not_followed(folder: Path, tmp_path: Path) -> None:
    kept(NAME, MADE_FROM, Maker())
    elsewhere = tmp_path / "elsewhere"
    os.replace(_file(folder), elsewhere)
    _file(folder).symlink_to(elsewhere)
    assert kept(NAME, MADE_FROM, Maker(b"new")) == b"new"


def test_in_a_folder_that_others_may_write_nothing_is_kept(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    folder.chmod(0o777)
    make = Maker()
    kept(NAME, MADE_FROM, make)
    kept(NAME, MADE_FROM, make)
    assert make.times == 2
    assert not list(folder.iterdir())


def test_where_no_folder_can_be_made_it_is_made_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(in_the_way))
    make = Maker()
    assert kept(NAME, MADE_FROM, make) == kept(NAME, MADE_FROM, make) == b"body"
    assert make.times == 2


def test_older_files_of_the_same_name_go(folder: Path) -> None:
    for number in range(NEWEST + 3):
        kept(NAME, bytes([number]), Maker())
    assert len(list(folder.iterdir())) == NEWEST


def test_what_is_used_stays_however_old_it_is(folder: Path) -> None:
    used = Maker()
    for number in range(NEWEST + 3):
        kept(NAME, MADE_FROM, used)
        kept(NAME, bytes([number]), Maker())
    assert used.times == 1

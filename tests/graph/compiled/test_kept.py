"""What is kept in the cache folder is the bytes that were made, or nothing: never damaged, foreign or stale ones, and never an error."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from edgewise.graph.compiled import cache_folder as folders
from edgewise.graph.compiled import kept as keeping
from edgewise.graph.compiled import version as versions
from edgewise.graph.compiled.kept import digest_of, keep, kept, look_up
from edgewise.graph.compiled.version import version

ONE = digest_of(b"id: one", "yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "compiled"


def once(made: bytes) -> Callable[[], bytes]:
    calls: list[bytes] = []

    def make() -> bytes:
        assert not calls, "made twice"
        calls.append(made)
        return made

    return make


def the_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_was_made_is_not_made_again() -> None:
    make = once(b"drawn")
    assert [kept(ONE, "canvas", make) for _ in range(3)] == [b"drawn"] * 3


def test_other_content_kind_or_code_is_something_else() -> None:
    keep(ONE, "canvas", b"drawn")
    assert look_up(digest_of(b"id: two", "yaml"), "canvas") is None
    assert look_up(digest_of(b"id: one", "json"), "canvas") is None
    assert look_up(ONE, "layout") is None
    assert look_up(ONE, "canvas", packages=("ontology",)) is None


def test_any_change_of_code_or_contract_makes_it_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_ROOT", tmp_path / "root")
    monkeypatch.setattr(versions, "_BEGUN", float("inf"))
    (tmp_path / "root" / "ontology" / "deep").mkdir(parents=True)
    seen = set()
    for name, text in [("a.py", "1"), ("a.py", "2"), ("deep/shapes.ttl", "2"), ("deep/b.ttl", "2")]:
        (tmp_path / "root" / "ontology" / name).write_text(text, encoding="utf-8")
        os.utime(tmp_path / "root" / "ontology" / name, (0, 0))  # times may lie
        version.cache_clear()
        seen.add(version(("ontology",)))
    version.cache_clear()
    assert len(seen) == 4
    assert "" not in seen


def test_another_version_of_a_library_makes_it_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version(("ontology",))
    (tmp_path / "pyshacl-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    version.cache_clear()
    after = version(("ontology",))
    version.cache_clear()
    assert after not in ("", before)


def test_what_code_made_that_was_edited_since_it_was_loaded_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version(versions.PACKAGES)
    monkeypatch.setattr(versions, "_BEGUN", 0.0)
    keep(ONE, "canvas", b"drawn")
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:20],
        lambda data: data[:0],
        lambda data: data + b"x",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data.replace(b"edgewise 1", b"edgewise 2"),
        lambda data: data[:0] + b"\x80\x04.",
        lambda data: data[:1] * 33 * 1024 * 1024,
    ],
)
def test_a_damaged_file_is_made_again(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    keep(ONE, "canvas", b"drawn")
    file = the_file(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert look_up(ONE, "canvas") is None
    assert kept(ONE, "canvas", once(b"again")) == b"again"
    assert look_up(ONE, "canvas") == b"again"


def test_a_file_of_another_name_is_not_taken(folder: Path) -> None:
    keep(ONE, "canvas", b"drawn")
    the_file(folder).rename(folder / the_file(folder).name.replace("canvas", "layout"))
    assert look_up(ONE, "layout") is None


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: os.mkfifo(path), lambda path: path.symlink_to("/etc/passwd")])
def test_what_is_no_file_is_not_read(folder: Path, make: Callable[[Path], None]) -> None:
    keep(ONE, "canvas", b"drawn")
    file = the_file(folder)
    file.unlink()
    make(file)
    assert look_up(ONE, "canvas") is None
    assert kept(ONE, "canvas", once(b"again")) == b"again"


def test_nobody_else_may_read_or_write_it(folder: Path) -> None:
    keep(ONE, "canvas", b"drawn")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(the_file(folder).stat().st_mode) == 0o600


def test_a_folder_that_others_may_write_to_is_not_used(folder: Path) -> None:
    keep(ONE, "canvas", b"drawn")
    folder.chmod(0o777)
    assert look_up(ONE, "canvas") is None
    keep(digest_of(b"two"), "canvas", b"drawn")
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_belongs_to_somebody_else_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(ONE, "canvas", b"drawn")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert look_up(ONE, "canvas") is None


def test_a_link_in_place_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.parent.mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    keep(ONE, "canvas", b"drawn")
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("cache", ["/dev/null/cache", "/proc/edgewise", "\0", "x" * 5000])
def test_where_nothing_can_be_written_it_is_only_made_each_time(cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "CACHE", "NAMED")
    monkeypatch.setattr(keeping, "cache_folder", lambda: folders.cache_folder({"NAMED": cache}))
    assert kept(ONE, "canvas", once(b"drawn")) == b"drawn"
    assert kept(ONE, "canvas", once(b"drawn")) == b"drawn"


def test_a_full_disk_costs_time_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert kept(ONE, "canvas", once(b"drawn")) == b"drawn"
    assert not list(folder.iterdir())  # not even half a file


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "cache_folder", lambda: None)
    assert kept(ONE, "canvas", once(b"drawn")) == b"drawn"


def test_what_is_too_much_or_too_old_goes_the_longest_unused_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_MOST_FILES", 3)
    digests = [digest_of(str(number).encode()) for number in range(5)]
    for age, digest in enumerate(digests):
        keep(digest, "canvas", b"drawn")
        newest = max(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        past = newest.stat().st_mtime - 3600 * (5 - age)
        os.utime(newest, (past, past))
    assert [look_up(digest, "canvas") is not None for digest in digests] == [False, False, True, True, True]


def test_what_was_not_used_for_three_months_goes(folder: Path) -> None:
    keep(ONE, "canvas", b"drawn")
    os.utime(the_file(folder), (0, 0))
    keep(digest_of(b"two"), "canvas", b"drawn")
    assert look_up(ONE, "canvas") is None


def test_what_is_used_stays(folder: Path) -> None:
    keep(ONE, "canvas", b"drawn")
    os.utime(the_file(folder), (0, 0))
    assert look_up(ONE, "canvas") == b"drawn"
    keep(digest_of(b"two"), "canvas", b"drawn")
    assert look_up(ONE, "canvas") == b"drawn"


def test_its_size_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_MOST_BYTES", 1000)
    for number in range(20):
        keep(digest_of(str(number).encode()), "canvas", b"x" * 200)
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 1000

"""A folder appears complete or not at all."""

import errno
import os
import signal
import stat
from pathlib import Path

import pytest

from simulation.errors import InputError
from simulation.recording.atomic import checked_target, new_folder, numbered, undisturbed


@pytest.fixture(autouse=True)
def signals_heard():
    """Ctrl-C as in a terminal, also where whoever started the tests had them ignore it (`nohup`, `&`)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def names(place):
    return sorted(path.name for path in place.iterdir())


def test_it_is_hidden_until_complete(tmp_path):
    with new_folder(tmp_path / "a" / "b") as new:
        (new.path / "file").write_text("x")
        assert not (tmp_path / "a" / "b").exists()
        assert all(name.startswith(".") for name in names(tmp_path / "a"))
        assert not new.complete
    assert new.complete
    assert names(tmp_path / "a") == ["b"]
    assert names(new.target) == ["file"]
    assert stat.S_IMODE(new.target.stat().st_mode) == stat.S_IMODE((tmp_path / "a").stat().st_mode)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
def test_nothing_remains_of_a_failure(tmp_path, error):
    with pytest.raises(error), new_folder(tmp_path / "a" / "b") as new:
        (new.path / "within").mkdir()
        (new.path / "within" / "file").write_text("x")
        raise error
    assert names(tmp_path) == []


def test_parents_that_others_use_by_now_remain(tmp_path):
    with pytest.raises(ValueError, match="x"), new_folder(tmp_path / "runs" / "b"):
        (tmp_path / "runs" / "of somebody else").mkdir()
        raise ValueError("x")
    assert names(tmp_path / "runs") == ["of somebody else"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "link").symlink_to("b")
    with new_folder(tmp_path / "link") as new:
        (new.path / "file").write_text("x")
    assert names(tmp_path / "link") == names(tmp_path / "b") == ["file"]


def test_what_was_taken_meanwhile_is_left_alone(tmp_path):
    with new_folder(tmp_path / "b") as new:
        (new.path / "mine").write_text("x")
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "theirs").write_text("x")
    assert names(tmp_path / "b") == ["theirs"]
    assert new.target == tmp_path / "b-2"
    assert names(new.target) == ["mine"]


def test_numbers_are_added_to_names_that_are_taken(tmp_path):
    assert numbered(tmp_path / "b") == tmp_path / "b"
    (tmp_path / "b").mkdir()
    (tmp_path / "b-2").write_text("")
    assert numbered(tmp_path / "b") == tmp_path / "b-3"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("full", "is not empty"),
        ("file", "is a file"),
        ("dangling", None),
        ("file/x", None),
        (".", "where you are"),
        ("/", "mount point"),
        ("a\0b", "cannot be a folder"),
        ("x" * 5000, None),
        ("/proc/nothing", None),
        ("/dev/null", "is a file"),
    ],
)
def test_targets_that_cannot_be_made(tmp_path, monkeypatch, target, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    (tmp_path / "file").write_text("")
    (tmp_path / "dangling").symlink_to("/proc/nothing")
    before = names(tmp_path)
    with pytest.raises(InputError, match=told), new_folder(target):
        raise AssertionError("never reached")
    assert names(tmp_path) == before


def test_a_folder_that_cannot_be_written_to(tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir(mode=0o500)
    if os.geteuid() == 0:  # nothing is forbidden to root: what the system would say is said in its place

        def forbidden(path, *_, **__):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

        monkeypatch.setattr(Path, "mkdir", forbidden)
    with (
        pytest.raises(InputError, match="Permission denied; nothing was written"),
        new_folder(tmp_path / "locked" / "b"),
    ):
        raise AssertionError("never reached")


def test_checking_makes_nothing(tmp_path):
    assert checked_target(tmp_path / "a" / "b") == (tmp_path / "a" / "b").resolve()
    assert names(tmp_path) == []


def test_interruptions_wait_for_their_turn():
    done = []
    with pytest.raises(KeyboardInterrupt):
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            done.append("all the same")
        done.append("never")
    assert done == ["all the same"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interruption_while_the_name_is_given_comes_after(tmp_path, monkeypatch):
    rename = os.rename

    def interrupted(source, goal):
        signal.raise_signal(signal.SIGINT)
        rename(source, goal)

    monkeypatch.setattr(os, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "b") as new:
        (new.path / "file").write_text("x")
    assert new.complete
    assert names(tmp_path / "b") == ["file"]

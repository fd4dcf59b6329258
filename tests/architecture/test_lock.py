"""requirements.lock names one version of every package the project declares, and no place to fetch it from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"[a-z0-9-]+==[^ ;]+( ; .+)?")


def normalised(requirement: str) -> str:
    """The package name of a requirement, spelled as in the lock."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement).group()).lower()


@pytest.fixture
def lock() -> list[str]:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()


def test_every_line_pins_one_version(lock):
    assert lock
    assert [line for line in lock if not PINNED.fullmatch(line)] == []


def test_every_declared_dependency_is_pinned(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    missing = {normalised(requirement) for requirement in declared} - {line.split("==")[0] for line in lock}
    assert missing <= {project["name"]}, f"`make lock` is due: {', '.join(sorted(missing))}"

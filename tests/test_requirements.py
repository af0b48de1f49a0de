"""Three lists of packages, each locked: what runs the portal, what tests it on top, and the tools on top of both."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LISTS = ["requirements.txt", "requirements-dev.txt"]
# Whoever runs and tests the portal has these from the list that everybody installs.
FIXED = {"django", "pillow", "django-taggit", "pytest-django"}
TO_TEST = "# To test it"


def listed(text: str) -> set[str]:
    """Return the requirements in a list, with extras but without versions."""
    return set(re.findall(r"(?m)^([a-z][\w.-]*(?:\[[\w,]+\])?)", text))


def content(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked(name: str) -> dict[str, tuple[str, set[str]]]:
    """Return the version and hashes of each package in a lock file."""
    entries = re.findall(r"(?m)^([a-z][\w.-]*)(?:\[[\w, ]+\])?==([^\s;]+)((?:.*\n(?=\s))*)", content(name))
    return {package: (version, set(re.findall(r"sha256:(\w+)", rest))) for package, version, rest in entries}


@pytest.mark.parametrize("name", LISTS)
def test_requirement_is_pinned_and_says_its_reason(name: str) -> None:
    lines = [line for line in content(name).splitlines() if line and not line.startswith(("#", "-r "))]

    assert [line for line in lines if not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+ +# \S.*", line)] == []


def test_everybody_installs_what_is_fixed() -> None:
    assert listed(content("requirements.txt")) >= FIXED


def test_server_installs_what_runs_the_portal_and_nothing_else() -> None:
    to_run = content("requirements.txt").partition(TO_TEST)[0]

    assert listed(content("requirements-production.txt")) == listed(to_run)


def test_server_installs_nothing_that_only_tests_need() -> None:
    to_test = listed(content("requirements.txt").partition(TO_TEST)[2])
    production = set(locked("requirements-production.lock"))

    assert to_test >= {"pytest", "pytest-xdist", "hypothesis", "time-machine"}
    assert {
        name for name in production if name in to_test or re.match(r"pytest|coverage|execnet|sortedcont", name)
    } == set()


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("requirements-production.lock", "requirements.lock"),
        ("requirements.lock", "requirements-dev.lock"),
    ],
)
def test_larger_lock_has_the_same_packages_and_more(smaller: str, larger: str) -> None:
    few, many = locked(smaller), locked(larger)

    assert few
    assert {name: entry for name, entry in few.items() if many.get(name) != entry} == {}
    assert len(few) < len(many)
    assert [name for name, (_version, hashes) in few.items() if not hashes] == []


@pytest.mark.parametrize("name", LISTS)
def test_lock_holds_the_version_of_the_list(name: str) -> None:
    pins = dict(re.findall(r"(?m)^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", content(name)))
    lock = locked(name.replace(".txt", ".lock"))

    assert {package: lock[package][0] for package in pins} == pins

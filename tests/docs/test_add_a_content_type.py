"""The page docs/how-to/add-a-content-type.md: its code is that of the example app, and the example app works."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.docs.test_how_to import page
from tests.test_conventions import ROOT

EXAMPLE = ROOT / "tests" / "docs" / "tenders"
INSTALLED = "tests/docs/with_tenders"
# First the module that adds the example to the tables of the others.
TESTS = [
    f"{INSTALLED}/story.py",
    "tests/test_content_types.py",
    "tests/postportal/outbox/test_routes.py",
    "tests/postportal/publishing/test_every_public_object.py",
    "tests/postportal/staff/test_admin_menu.py",
    "tests/postportal/staff/test_all_lists.py",
    # Of the long ones, only what is about the example.
    "-k=not (test_all_lists or test_route_of or test_hidden_item or zh-hans) or tenders or test_every_list_is_tested",
]


def sections() -> list[tuple[str, str]]:
    """Return the steps of the page that begin with the name of a file of the app, each with that name."""
    steps = re.split(r"(?m)^(?=\d+\. )", page("add-a-content-type"))
    found = [re.match(r"\d+\. `([\w/.]+)`", step) for step in steps]
    return [(name[1], step) for name, step in zip(found, steps, strict=True) if name]


def code_blocks() -> list[tuple[str, str]]:
    return [
        (name, code) for name, step in sections() for code in re.findall(r"```\w+\n(.*?)```", step, flags=re.DOTALL)
    ]


def written_files() -> list[Path]:
    """Return the files of the example that somebody writes: not the empty ones, nor the generated migration."""
    files = [path for suffix in ("py", "html") for path in EXAMPLE.rglob(f"*.{suffix}")]
    return [path for path in files if path.stat().st_size and path.parent.name != "migrations"]


def test_page_has_a_step_for_each_file_and_counts_them() -> None:
    named = [name for name, _step in sections()]
    count = re.search(r"(\d+) files", page("add-a-content-type"))

    assert sorted(named) == sorted(path.relative_to(EXAMPLE).as_posix() for path in written_files())
    assert count
    assert int(count[1]) == len(named)


@pytest.mark.parametrize(("name", "code"), code_blocks())
def test_code_of_the_page_stands_in_the_example(name: str, code: str) -> None:
    source = (EXAMPLE / name).read_text("utf-8")

    # The page shows methods without the indentation of their class.
    assert any(f"\n{textwrap.indent(code, '    ' * depth)}" in f"\n{source}" for depth in range(3)), code


def test_every_code_block_belongs_to_a_file() -> None:
    assert len(code_blocks()) == page("add-a-content-type").count("```") // 2


def test_lines_in_the_portal_install_the_example() -> None:
    """The page names one line for each of two files of the portal; the settings and URLs of the tests have them."""
    lines = re.findall(r"^- `[\w/]+\.py`.*?: `(.+)`", page("add-a-content-type"), flags=re.MULTILINE)
    sources = "".join((ROOT / INSTALLED / name).read_text("utf-8") for name in ("settings.py", "urls.py"))

    assert len(lines) == 2
    assert [line for line in lines if line.replace("tenders", "tests.docs.tenders", 1) not in sources] == []


@pytest.mark.once
def test_example_works_and_is_complete() -> None:
    """In a process of its own: apps, tables and URLs are fixed when Django starts."""
    options = ["-n0", "-p", "no:cacheprovider", "--ds=tests.docs.with_tenders.settings"]
    command = [sys.executable, "-m", "pytest", *options, *TESTS]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.returncode == 0, answer.stdout[-5000:] + answer.stderr[-2000:]

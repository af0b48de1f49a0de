"""The pages of docs/how-to, followed step by step."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from postportal.audit.models import Entry
from postportal.publishing.models import Edition
from postportal.publishing.workflow import definitions, steps
from postportal.search import index
from postportal.staff import work_queues
from tests.factories import editorial, news, staff
from tests.test_conventions import ROOT, own_files, text

FUTURE = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
FOLDER = ROOT / "docs" / "how-to"


def page(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


def run_code(name: str) -> dict[str, Any]:
    """Run the Python of a page, one block after another, and return its names."""
    names: dict[str, Any] = {"__name__": f"docs.{name}"}
    for block in re.findall(r"```python\n(.*?)```", page(name), re.DOTALL):
        exec(compile(block, f"{name}.md", "exec"), names)
    return names


def test_index_lists_every_page() -> None:
    listed = re.findall(r"\]\((\S+\.md)\)", page("README"))

    assert sorted(listed) == sorted(path.name for path in FOLDER.glob("*.md") if path.name != "README.md")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_every_file_and_folder_that_a_page_names_is_there(path: Any) -> None:
    named = set(
        re.findall(r"`((?:news|services|postportal|templates|static|tests|docs)/[\w./-]+)`", path.read_text("utf-8"))
    )
    # What a page tells the reader to write.
    own = {
        *("tests/news/test_dashboard.py", "static/portal/fonts/our-font.woff2"),
        *("templates/tenders/tender_detail.html", "templates/tenders/tender_list.html"),
    }

    assert sorted(name for name in named - own if not (ROOT / name).exists()) == []


def test_files_that_know_a_field_of_an_article_are_the_listed_ones() -> None:
    listed = set(re.findall(r"^\| \d \| `([^`]+)`", page("add-a-field"), re.MULTILINE))
    ours = [path for path in own_files(".py", ".html") if path.parts[0] in {"news", "templates"}]
    knowing = {path.as_posix() for path in ours if re.search(r"\blocation\b", text(path))}

    assert {name for name in knowing if "/migrations/" not in name} == listed


@pytest.mark.django_db
def test_step_of_the_page_is_offered_taken_and_logged() -> None:
    before = dict(definitions.STEPS)
    publisher = staff.account("Publisher")
    article = editorial.scheduled_article("Night mail", by=staff.account("Author"), scheduled_by=publisher)
    try:
        run_code("add-a-workflow-step")
        offered = staff.sign_in(publisher).get(f"/admin/news/article/{article.pk}/change/").content.decode()
        steps.perform("recall", article, by=publisher, reason="The fares are wrong.")
    finally:
        definitions.STEPS.clear()
        definitions.STEPS.update(before)

    assert "Return to review" in offered
    assert Edition.objects.of(article).get().stage == "review"
    assert Entry.objects.newest_first().first().detail == "The fares are wrong."


@pytest.fixture
def queues() -> Iterator[None]:
    before = dict(work_queues._queues)
    yield
    work_queues._queues.clear()
    work_queues._queues.update(before)


@pytest.mark.django_db
@pytest.mark.usefixtures("queues")
def test_work_queue_of_the_page_counts_on_the_staff_home() -> None:
    run_code("add-a-work-queue")
    news.article("Night mail")

    shown = staff.sign_in(role="Editor").get("/admin/").content.decode()
    listed = staff.sign_in(role="Editor").get("/admin/waiting/articles-without-picture/").content.decode()

    assert "Articles without a picture" in shown
    assert ("Night mail" in listed, "Add picture" in listed) == (True, True)


@pytest.mark.django_db
def test_search_engine_of_the_page_finds_what_is_public(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    monkeypatch.setattr(index, "backend", run_code("add-a-search-engine")["MemoryBackend"]())
    for _ in index.rebuild():
        pass
    with django_capture_on_commit_callbacks(execute=True):
        news.article("Copper line opens")
        news.article("Copper line under embargo", publish_at=FUTURE)

    found = client.get("/search/?q=copper").content.decode()

    assert ("Copper line opens" in found.replace("<mark>", "").replace("</mark>", ""), "embargo" in found) == (
        True,
        False,
    )
    assert not index.check()

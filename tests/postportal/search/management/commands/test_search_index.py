import re

import pytest
from django.core.management import CommandError, call_command

from postportal.outbox.models import OutboxEvent
from postportal.search.management.commands import search_index
from postportal.search.models import IndexBlock, IndexEntry, Posting, SitePage
from tests.factories import pages
from tests.postportal.search.test_index import make_one_of_each

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.site_pages]


def test_rebuild_fills_an_empty_index(capsys: pytest.CaptureFixture[str]) -> None:
    make_one_of_each()
    for model in (Posting, IndexBlock, IndexEntry):
        model.objects.all().delete()

    call_command("search_index", "rebuild")
    call_command("search_index", "check")

    items = 6 + SitePage.objects.count()
    assert capsys.readouterr().out.splitlines() == [f"Indexed {items} items.", "The index matches the content."]


def test_check_lists_some_differences_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MAX_SHOWN", 2)
    for number in range(3):
        pages.page(f"Tariff {number}")
    IndexEntry.objects.filter(kind="page").delete()

    with pytest.raises(CommandError, match="The index differs from the content"):
        call_command("search_index", "check")

    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"\d+$", "…", line) for line in lines] == [
        "missing: page …",
        "missing: page …",
        "missing: and 1 more",
    ]


def test_check_names_the_shorter_remedy_for_items_in_the_outbox() -> None:
    waiting, lost = pages.page("Waiting"), pages.page("Lost")
    IndexEntry.objects.filter(kind="page", object_id__in=[waiting.pk, lost.pk]).delete()
    OutboxEvent.objects.create(model_label="pages.page", object_id=waiting.pk)
    # Other events of the same key are of another model.
    OutboxEvent.objects.create(model_label="news.article", object_id=lost.pk)

    with pytest.raises(CommandError, match=r"1 of 2 items wait in the outbox.*deliver_outbox.*rebuild"):
        call_command("search_index", "check")
    lost.delete()
    with pytest.raises(
        CommandError, match=r"^1 items wait in the outbox to be indexed\. Run `manage.py deliver_outbox`\.$"
    ):
        call_command("search_index", "check")

    call_command("deliver_outbox")
    call_command("search_index", "check")

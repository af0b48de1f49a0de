import re

import pytest
from django.core.management import CommandError, call_command

from postportal.search.management.commands import search_index
from postportal.search.models import IndexBlock, IndexEntry, Posting
from tests.factories import pages
from tests.postportal.search.test_index import make_one_of_each

pytestmark = pytest.mark.django_db(transaction=True)


def test_rebuild_fills_an_empty_index(capsys: pytest.CaptureFixture[str]) -> None:
    make_one_of_each()
    for model in (Posting, IndexBlock, IndexEntry):
        model.objects.all().delete()

    call_command("search_index", "rebuild")
    call_command("search_index", "check")

    assert capsys.readouterr().out.splitlines() == ["Indexed 6 items.", "The index matches the content."]


def test_check_lists_some_differences_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MAX_SHOWN", 2)
    for number in range(3):
        pages.page(f"Tariff {number}")
    IndexEntry.objects.all().delete()

    with pytest.raises(CommandError, match="The index differs from the content"):
        call_command("search_index", "check")

    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"\d+$", "…", line) for line in lines] == [
        "missing: page …",
        "missing: page …",
        "missing: and 1 more",
    ]

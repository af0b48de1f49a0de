import pytest
from django.utils import timezone

from postportal.publishing.models import State
from postportal.search.suggestions import suggest
from services.models import StampIssue
from services.stamp_lists import lists_completing
from tests.factories import news, services
from tests.postportal.search.test_results import HOSTILE

pytestmark = pytest.mark.django_db


def completed(typed: str) -> list[str]:
    public = StampIssue.objects.published(timezone.now())
    return [each.title for each in lists_completing(typed, public, limit=5)]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("wang", ["Stamp issues by Wang Humíng"]),
        ("HUMI", ["Stamp issues by Wang Humíng"]),
        ("uming", []),
        ("riv", ["Stamp issues on Rivers"]),
        ("photo", ["Stamp issues in Photogravure"]),
        ("hidden", []),
        ("mail", []),
        ("", []),
    ],
)
def test_list_is_suggested_by_the_beginning_of_a_word(typed: str, titles: list[str]) -> None:
    for state in (State.PUBLISHED, State.PUBLISHED, State.DRAFT):
        is_hidden = state == State.DRAFT
        words = {"process": "Hidden print", "tags": ["Hidden"]} if is_hidden else {}
        issue = services.stamp_issue(**{"process": "Photogravure", "tags": ["Rivers"], "state": state, **words})
        for role in ("designer", "engraver"):
            services.credit(issue, name="Hidden Name" if is_hidden else "Wang Humíng", role=role)
    news.article(tags=["Mail"])

    assert completed(typed) == titles


def test_suggestion_leads_to_the_list() -> None:
    services.credit(services.stamp_issue("Bells"), name="Ma Ji")

    found = [row for row in suggest("ma j", at=timezone.now(), language="en") if "Ma Ji" in row.text]

    assert [(row.text, str(row.type), row.url) for row in found] == [
        ("Stamp issues by Ma Ji", "Stamp issues", "/stamps/makers/?name=Ma+Ji")
    ]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_breaks_the_completion(typed: str) -> None:
    services.credit(services.stamp_issue(), name="Ma Ji")

    assert len(completed(typed)) <= 5

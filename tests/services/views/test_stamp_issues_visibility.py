from typing import Any

import pytest
import time_machine
from django.test import Client

from postportal.publishing.models import State
from tests.factories import news, services
from tests.services.views.page_content import LATER, NOW, definition_list, get_page

pytestmark = pytest.mark.django_db


def test_credited_name_is_linked_once_its_page_is_public(client: Client) -> None:
    person = news.person("He", "Lan", publish_at=LATER)
    works = news.organization("Secret Works", publish_at=LATER)
    issue = services.stamp_issue(issuer=works)
    issue.partners.add(works)
    services.credit(issue, name="He Lan", person=person)

    html = get_page(client, issue)
    assert definition_list(html, "details-list flush") == {"Designer": "He Lan", "Programme": "2026"}
    assert [text for text in (person.get_absolute_url(), "Secret Works", works.slug) if text in html] == []

    with time_machine.travel(LATER, tick=False):
        html = get_page(client, issue)
    assert [text in html for text in (person.get_absolute_url(), "Secret Works")] == [True, True]


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": State.DRAFT},
        {"state": State.DRAFT, "withdrawal_reason": "Not yet"},
        {"publish_at": LATER},
        {"state": State.UNPUBLISHED, "withdrawal_reason": "Never out", "publish_at": None},
    ],
)
def test_issue_that_was_never_public_is_not_found(client: Client, hidden: dict[str, Any]) -> None:
    issue = services.stamp_issue("Secret", **hidden)
    services.stamp(issue)

    for url in (issue.get_absolute_url(), f"{issue.get_absolute_url()}1/"):
        answer = client.get(url)
        assert (answer.status_code, "Secret" in answer.text) == (404, False)


@pytest.mark.parametrize(
    "hidden", [{"state": State.UNPUBLISHED, "withdrawal_reason": "Recalled for an error."}, {"expire_at": NOW}]
)
def test_issue_that_was_public_is_gone_with_its_stamps(client: Client, hidden: dict[str, Any]) -> None:
    issue = services.stamp_issue("Mail Roads", **hidden)
    services.stamp(issue, name="Courier Path")

    answers = [client.get(url) for url in (issue.get_absolute_url(), f"{issue.get_absolute_url()}1/")]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert [hidden.get("withdrawal_reason", "") in answer.text for answer in answers] == [True, True]
    assert [("Courier Path" in answer.text) for answer in answers] == [False, False]


def test_issue_is_public_in_its_second(client: Client) -> None:
    issue = services.stamp_issue(publish_at=LATER)
    assert client.get(issue.get_absolute_url()).status_code == 404

    with time_machine.travel(LATER, tick=False):
        assert client.get(issue.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("url", ["/stamps/2026-7/", "/stamps/unheard-of/", "/stamps/2026-7%0A/", "/stamps/a..b/"])
def test_unknown_issue_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404

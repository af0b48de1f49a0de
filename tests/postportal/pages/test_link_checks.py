"""Dead links of an item before it is published."""

import datetime as dt

import pytest
from django.test import override_settings

from news.models import Article
from postportal.pages.link_checks import external_link_faults, item_link_faults, link_faults
from postportal.publishing.models import State
from postportal.richtext.models import ExternalLink
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db


def dead(html: str) -> list[str]:
    return [fault.words for fault in link_faults(Article(body=html), None)]


@override_settings(SITE_URL="https://post.example")
@pytest.mark.parametrize(
    ("url", "is_dead"),
    [
        ("/news/", False),
        ("/no-such-page/", True),
        ("https://post.example/no-such-page/", True),
        ("https://post.example/news/", False),
        ("https://other.example/no-such-page/", False),
        ("//other.example/no-such-page/", False),
        ("mailto:desk@post.example", False),
        ("#there", False),
        ("#nowhere", True),
    ],
)
def test_links_to_nothing_of_this_site_are_dead(url: str, is_dead: bool) -> None:
    html = f'<h2 id="there">There</h2><p><a href="{url}">Timetable</a></p>'

    assert dead(html) == (["Timetable"] if is_dead else [])


def test_link_to_a_draft_is_dead() -> None:
    draft = news.article("Boats", state=State.DRAFT)

    assert dead(f'<p><a href="{draft.get_absolute_url()}">Boats</a></p>') == ["Boats"]


def test_reference_to_an_item_that_is_not_public_is_named_without_its_title() -> None:
    draft, public = news.article("Merger", state=State.DRAFT), news.article("Boats")
    html = "".join(f'<p><a href="article:{row.pk}">Link {row.pk}</a></p>' for row in (draft, public))
    item = Article(body=html)

    found = [(fault.title, fault.detail, fault.words) for fault in item_link_faults(item, None)]

    assert list(link_faults(item, None)) == []
    detail = f"“Link {draft.pk}” leads to Article {draft.pk}, which is not public. "
    assert found == [
        ("Link to an item that is not public", f"{detail}Readers see the words without a link.", f"Link {draft.pk}")
    ]


def test_saving_says_that_a_linked_item_is_not_public() -> None:
    draft = news.article("Merger", state=State.DRAFT)
    row = news.article("Boats", state=State.DRAFT)
    client, url = staff.sign_in(), f"/admin/news/article/{row.pk}/change/"
    body = f'<p><a href="article:{draft.pk}">soon</a></p>'

    page = client.post(url, forms.fill_form(client, url, body=body), follow=True)

    messages = [str(message) for message in page.context["messages"]]
    assert f"“soon” leads to Article {draft.pk}, which is not public. Readers see the words without a link." in messages


@override_settings(SITE_URL="https://post.example")
def test_checks_name_other_sites_that_did_not_answer_or_have_moved() -> None:
    at = dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)
    for name, outcome in (("silent", "no answer"), ("old", "moved"), ("works", "works"), ("post", "error")):
        url, new_url = f"https://{name}.example/", "https://new.example/" if outcome == "moved" else ""
        ExternalLink.objects.create(url=url, outcome=outcome, new_url=new_url, checked_at=at)
    names = ("silent", "old", "works", "post")
    item = Article(body="".join(f'<p><a href="https://{name}.example/#part">{name}</a></p>' for name in names))

    found = [(fault.title, fault.detail) for fault in external_link_faults(item, None)]

    moved = "“old” leads to https://old.example/, which has moved to https://new.example/, checked on 2 December."
    assert found == [
        ("Dead link", "“silent” leads to https://silent.example/, which did not answer on 2 December."),
        ("Link that has moved", moved),
    ]

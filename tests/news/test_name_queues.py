import datetime as dt

import pytest
from django.utils import timezone

from news.models import NameFinding
from news.name_queues import ContradictingTitles, FindingQueue, ProposedMentions, UnknownPeople
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
Kind = NameFinding.Kind


def lines(queue: type[FindingQueue], role: str = "Editor") -> list[tuple[str, str, str]]:
    found = queue().items(staff.account(role), timezone.now())
    return [(line.text, line.url, line.kind) for line in found]


def test_each_line_opens_the_form_in_which_it_is_put_right() -> None:
    article, person = news.article("Ride"), news.person("Zhou", "Mei")
    printed = {"title": "Director", "organization": "Postal Museum", "article": article}
    title = NameFinding.objects.create(kind=Kind.TITLE, person=person, name="Zhou Mei", **printed)
    latin = NameFinding.objects.create(kind=Kind.UNKNOWN, name="Jane Newperson", **printed)
    chinese = NameFinding.objects.create(
        kind=Kind.UNKNOWN, name="李新人", title="馆长", organization="邮政博物馆", article=article
    )
    NameFinding.objects.create(kind=Kind.MENTION, person=person, name="Zhou Mei", article=article)

    words = "Director, Postal Museum"
    assert lines(ContradictingTitles) == [
        ("Zhou Mei", f"/admin/news/person/{person.pk}/change/?finding={title.pk}", words)
    ]
    assert sorted(lines(UnknownPeople)) == [
        (
            "Jane Newperson",
            f"/admin/news/person/add/?family_name=Newperson&given_name=Jane&name_order=given&finding={latin.pk}",
            words,
        ),
        (
            "李新人",
            f"/admin/news/person/add/?name_zh=%E6%9D%8E%E6%96%B0%E4%BA%BA&finding={chinese.pk}",
            "邮政博物馆馆长",
        ),
    ]
    assert lines(ProposedMentions) == [("Zhou Mei", f"/admin/news/person/{person.pk}/mentions/", "")]
    # Authors propose people; who only reads gets the article.
    assert sorted(lines(UnknownPeople, "Author")) == sorted(lines(UnknownPeople))
    assert lines(UnknownPeople, "Viewer")[0][1] == f"/admin/news/article/{article.pk}/change/"


def test_hidden_articles_and_roles_without_articles_have_no_lines() -> None:
    hidden = news.article(publish_at=timezone.now() + dt.timedelta(hours=1))
    NameFinding.objects.create(kind=Kind.UNKNOWN, name="Jane Newperson", article=hidden)
    NameFinding.objects.create(kind=Kind.UNKNOWN, name="Jane Newperson", article=news.article())

    assert len(lines(UnknownPeople)) == 1
    assert lines(UnknownPeople, "Philatelist") == []

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from news.search import ArticleSearchKind, OrganizationSearchKind, PersonSearchKind, TagFacet
from postportal.publishing.models import State
from postportal.search.documents import Document
from postportal.search.kinds import Hit
from tests.factories import news

pytestmark = pytest.mark.django_db


def document(kind: Any, row: Any) -> Document:
    (found,) = kind.documents([row.pk])
    return found  # type: ignore[no-any-return]


def test_document_of_an_article_has_its_texts_and_facets() -> None:
    section, source = news.section("Fleet"), news.source("Rail Mail")
    article = news.article("Night mail", standfirst="By rail.", section=section, source=source, tags=["Rail"])
    person, organization = news.person(), news.organization()
    news.mention(person, article=article, label="The driver")
    news.mention(organization, article=article)

    found = document(ArticleSearchKind(), article)

    assert (found.titles, found.language, found.date) == (("Night mail",), "en", news.DAY)
    assert [text for text in found.texts if text] == ["By rail.", "Rail", "The driver"]
    assert found.facets == {
        *(("section", section.pk), ("source", source.pk), ("tag", article.tags.get().pk)),
        *(("person", person.pk), ("organization", organization.pk)),
    }


def test_documents_of_people_and_organizations_have_all_their_names() -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力", biography="<p>Born in Hunan.</p>")
    person.names.create(name="Liu Ai-li")
    organization = news.organization("Universal Postal Union", abbreviation="UPU")
    organization.names.create(name="Weltpostverein")

    of_person = document(PersonSearchKind(), person)
    of_organization = document(OrganizationSearchKind(), organization)

    assert (of_person.titles, of_person.texts) == (("Liu Aili", "刘爱力", "Liu Ai-li"), ("Born in Hunan.",))
    assert [name for name in of_organization.titles if name] == ["Universal Postal Union", "UPU", "Weltpostverein"]


def test_hit_of_an_article_has_the_positions_of_the_people_searched_for() -> None:
    article = news.article(dateline_on=dt.date(2021, 12, 8))
    zhou, wen = news.person("Zhou", "Mei"), news.person("Wen", "Hao")
    position = news.position("Director", organization=news.organization("Post Bureau"), seats=9)
    for person in (zhou, wen):
        news.appointment(person=person, position=position)
        news.mention(person, article=article)
    kind = ArticleSearchKind()
    hit = Hit(kind=kind, pk=article.pk, title=article.title, url=article.get_absolute_url())

    kind.enrich([hit], terms=["zhou"], at=timezone.now())

    assert hit.notes == ["Zhou Mei: Director, Post Bureau"]


def test_hit_of_a_person_has_the_current_positions() -> None:
    person, bureau = news.person("Zhou", "Mei"), news.organization("Post Bureau")
    news.appointment(person=person, position=news.position("Director", organization=bureau))
    former = news.position("Deputy", organization=bureau)
    news.appointment(person=person, position=former, until_on=dt.date(2020, 1, 1))
    kind = PersonSearchKind()
    hit = Hit(kind=kind, pk=person.pk, title=person.name, url=kind.url({"slug": person.slug}))

    kind.enrich([hit], terms=[], at=timezone.now())

    assert (hit.notes, hit.url) == (["Director, Post Bureau"], person.get_absolute_url())


def test_tags_are_suggested_only_if_published_articles_have_them() -> None:
    news.article(tags=["Rail mail"])
    news.article(tags=["Railway merger"], state=State.DRAFT)
    news.article(tags=["Railway museum"], language="zh-hans")

    suggestions = TagFacet().completions("rail", at=timezone.now(), language="en", limit=5)

    assert suggestions == [("Rail mail", "/news/tag/rail-mail/")]

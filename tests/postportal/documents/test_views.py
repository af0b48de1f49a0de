"""The list of public documents, for readers, search engines and programs."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from news.models import ArticleDocument
from postportal.documents.models import Document
from postportal.publishing.models import State
from tests.factories import documents, news

pytestmark = pytest.mark.django_db


def listed(title: str, **article: object) -> Document:
    document = documents.document(title, language="en")
    ArticleDocument.objects.create(article=news.article(**article), document=document)  # type: ignore[arg-type]
    return document


def test_only_public_documents_are_listed() -> None:
    listed("Parcel tariff")
    listed("Secret report", state=State.DRAFT)
    documents.document("Unused form")

    for url in ("/documents/", "/zh-hans/documents/", "/api/documents"):
        page = Client().get(url).content.decode()
        assert ("Parcel tariff" in page, "Secret" in page, "Unused" in page) == (True, False, False)


def test_list_takes_the_same_queries_for_many_documents(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    listed("First")
    Client().get("/documents/")
    with django_assert_num_queries(5) as captured:
        Client().get("/documents/")
    for number in range(5):
        listed(f"Form {number}")
    with django_assert_num_queries(len(captured)):
        Client().get("/documents/")


def test_api_describes_each_document() -> None:
    document = listed("Parcel tariff")

    answer = Client().get("/api/documents").json()

    assert answer["count"] == 1
    assert answer["documents"][0] == {
        "id": document.pk,
        "title": "Parcel tariff",
        "title_zh": "",
        "language": "en",
        "url": f"http://testserver/documents/{document.pk}/",
        "type": "application/pdf",
        "size": document.size,
        "pages": 1,
        "sha256": document.sha256,
        "uploaded": answer["documents"][0]["uploaded"],
    }


def test_documents_are_in_the_sitemap_while_they_are_public() -> None:
    public, hidden = listed("Parcel tariff"), documents.document()

    page = Client().get("/sitemap-documents.xml").content.decode()

    assert (f"/documents/{public.pk}/" in page, f"/documents/{hidden.pk}/" in page) == (True, False)


def test_article_lists_its_documents_in_order() -> None:
    article = news.article()
    for order, title in enumerate(["Second", "First"]):
        ArticleDocument.objects.create(article=article, document=documents.document(title), order=2 - order)

    page = Client().get(article.get_absolute_url()).content.decode()

    assert 0 < page.index(">First</a>") < page.index(">Second</a>")
    assert "PDF, 1\u00a0page, 1\u00a0KB" in page

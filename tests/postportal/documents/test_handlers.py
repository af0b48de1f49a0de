"""Text of documents, for the search."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from news.models import Article, ArticleDocument
from postportal.documents.models import Document
from postportal.publishing.models import State
from postportal.search.query import parse
from postportal.search.results import search
from tests.factories import documents, news

# Outbox events are delivered on commit.
pytestmark = pytest.mark.django_db(transaction=True)

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def listed(text: str = "", **article: Any) -> Document:
    document = documents.document(file=documents.upload(documents.pdf(text)))
    ArticleDocument.objects.create(article=news.article(**article), document=document)
    return document


def found(typed: str) -> list[str]:
    return [f"{hit.kind.name} {hit.title} {hit.notes}" for hit in search(parse(typed), at=AT)[0:10]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", documents.pdf("Copper bells & more")),
        ("a.docx", documents.office(text="Copper bells &amp; more")),
        ("a.odt", documents.office("odt", text="Copper bells &amp; more")),
        ("a.txt", b"Copper\r\nbells  & more"),
        ("a.csv", b"\xef\xbb\xbfCopper  bells & more\n"),
    ],
)
def test_text_of_a_file_is_read(name: str, content: bytes) -> None:
    document = documents.document(file=documents.upload(content, name=name))
    document.refresh_from_db()
    assert (document.text.replace("\n", " "), document.text_file) == ("Copper bells & more", document.file.name)


def test_words_are_whole_at_the_ends_of_lines() -> None:
    sentence = "本站的新闻人物热线和邮票依据一家国家邮政旧网站的页"
    text = f"The regula-\ntions of 2026\nHeading\n标题\n{sentence}\n面重新撰写"
    document = documents.document(file=documents.upload(text.encode(), name="a.txt"))
    document.refresh_from_db()
    assert document.text == f"The regulations of 2026\nHeading\n标题\n{sentence}面重新撰写"


def test_document_is_found_by_its_text_while_it_is_public() -> None:
    document = listed("Zinc crates")
    listed("Zinc secrets", state=State.DRAFT)

    assert found("zinc") == ["document Parcel tariff ['PDF, 1\\xa0page, 1\\xa0KB']"]
    assert found("type:document crates") == found("zinc")

    document.file = documents.upload(documents.pdf("Iron crates"))
    document.save()
    assert found("zinc") == []


def test_renamed_document_is_renamed_in_texts() -> None:
    document = documents.document("Old tariff")
    article = news.article(body=f'<p>See <a href="document:{document.pk}">x</a>.</p>')
    assert "Old tariff (PDF" in article.body_text

    document.title = "New tariff"
    document.save()

    article = Article.objects.get()
    assert article.body_text == "See New tariff (PDF, 1 page, 1 KB)."
    page = Client().get(article.get_absolute_url()).content.decode()
    assert f'<a href="/documents/{document.pk}/">New tariff (PDF, 1\u00a0page, 1\u00a0KB)</a>' in page


def test_withdrawn_article_keeps_the_name_without_the_link() -> None:
    document = documents.document()
    body = f'<p>See <a href="document:{document.pk}">the tariff</a>.</p>'
    article = news.article(body=body, state=State.WITHDRAWN, withdrawal_reason="Wrong.")
    ArticleDocument.objects.create(article=article, document=document)

    page = Client().get(article.get_absolute_url()).content.decode()

    assert f"/documents/{document.pk}/" not in page


def test_file_that_cannot_be_read_has_no_text() -> None:
    document = documents.document(file=documents.upload(b"Copper", name="a.txt"))
    document.file.storage.delete(document.file.name or "")
    Document.objects.update(text_file="")
    document.save()
    document.refresh_from_db()
    assert document.text == ""

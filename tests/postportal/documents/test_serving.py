"""Files of documents: who gets them, and in which form."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from news.models import ArticleDocument
from postportal.documents.models import Document
from postportal.pages.models import PageDocument
from postportal.publishing.models import State
from services.models import IssueDocument
from tests.factories import documents, news, pages, services, staff

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)


def listed(document: Document | None = None, **article: Any) -> Document:
    """Return a document that an article lists at its end."""
    document = document or documents.document()
    ArticleDocument.objects.create(article=news.article(**article), document=document)
    return document


def get(document: Document, client: Client | None = None, **headers: str) -> Any:
    """Return the answer, with its whole content in `body`."""
    answer: Any = (client or Client()).get(document.get_absolute_url(), headers=headers)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def test_public_document_is_served_with_its_type_and_name() -> None:
    document = listed(documents.document("Tariff 2026/27: “parcels”"))

    answer = get(document)

    assert (answer.status_code, answer.body) == (200, documents.pdf())
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "inline; filename*=utf-8''Tariff%202026%2027%20%E2%80%9Cparcels%E2%80%9D.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=0, must-revalidate"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "content"), [("a.docx", documents.office()), ("a.csv", b"a,b"), ("a.txt", b"a")])
def test_everything_but_a_pdf_is_saved_in_a_sandbox(name: str, content: bytes) -> None:
    answer = get(listed(documents.document(file=documents.upload(content, name=name))))

    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_unused_document_is_only_for_staff_who_may_see_documents() -> None:
    document = documents.document()

    assert get(document).status_code == 404
    assert get(document, staff.sign_in(role="Service desk")).status_code == 404
    answer = get(document, staff.sign_in(role="Viewer"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert Client().get("/documents/99999/").content == get(document).body


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"state": State.DRAFT, "publish_at": None}, 404),
        ({"state": State.SCHEDULED, "publish_at": NOW + dt.timedelta(seconds=1)}, 404),
        ({"state": State.WITHDRAWN, "withdrawal_reason": "Wrong."}, 410),
        ({"state": State.UNPUBLISHED, "withdrawal_reason": "Wrong."}, 410),
        ({"expire_at": NOW}, 410),
    ],
)
def test_document_is_hidden_with_the_article_that_lists_it(fields: dict[str, Any], status: int) -> None:
    document = listed(**fields)

    with time_machine.travel(NOW, tick=False):
        assert get(document).status_code == status
        listed(document)
        assert get(document).status_code == 200


def test_document_of_a_page_and_of_an_issue_is_public() -> None:
    first, second = documents.document(), documents.document()
    PageDocument.objects.create(page=pages.page(), document=first)
    IssueDocument.objects.create(issue=services.stamp_issue(), document=second)

    assert [get(first).status_code, get(second).status_code] == [200, 200]


def test_leaflet_is_held_back_with_the_designs_of_its_issue() -> None:
    document = documents.document()
    day = timezone.localdate() + dt.timedelta(days=2)
    issue = services.stamp_issue(designs_shown_on=day)
    IssueDocument.objects.create(issue=issue, document=document)

    assert get(document).status_code == 404
    assert "Parcel tariff" not in Client().get(issue.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("link", ["document:{}", "/documents/{}/"])
def test_document_that_a_public_text_links_to_is_public(link: str) -> None:
    document = documents.document()
    article = news.article(body=f'<p><a href="{link.format(document.pk)}">x</a></p>')
    assert get(document).status_code == 200

    article.body = "<p>Nothing</p>"
    article.save()

    assert get(document).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"state": State.WITHDRAWN, "withdrawal_reason": "Wrong."}, 410),
        ({"state": State.UNPUBLISHED, "withdrawal_reason": "Wrong."}, 410),
        ({"state": State.DRAFT, "publish_at": None}, 404),
    ],
)
def test_document_that_only_texts_linked_to_is_gone_with_them(fields: dict[str, Any], status: int) -> None:
    document = documents.document()
    news.article(body=f'<p><a href="document:{document.pk}">x</a></p>', **fields)
    assert get(document).status_code == status


def test_address_always_leads_to_the_current_file() -> None:
    document = listed()
    etag = get(document)["ETag"]
    document.file = documents.upload(documents.pdf("New tariff"))
    document.save()

    answer = get(document, **{"If-None-Match": etag})

    assert (answer.status_code, answer.body) == (200, documents.pdf("New tariff"))
    assert get(document, **{"If-None-Match": answer["ETag"]}).status_code == 304


def test_part_of_a_document_is_served() -> None:
    answer = get(listed(), Range="bytes=0-4")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (206, b"%PDF-", "application/pdf")


def test_part_beyond_the_end_is_refused_and_the_document_still_exists() -> None:
    answer = get(listed(), Range="bytes=9999999-")
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(documents.pdf())}")


def test_leaflet_that_was_held_back_until_its_issue_was_withdrawn_never_existed() -> None:
    document = documents.document()
    day = timezone.localdate() + dt.timedelta(days=2)
    fields = {"state": State.WITHDRAWN, "withdrawal_reason": "Wrong."}
    IssueDocument.objects.create(issue=services.stamp_issue(designs_shown_on=day, **fields), document=document)

    assert get(document).status_code == 404
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        assert get(document).status_code == 410


def test_files_have_no_other_address() -> None:
    document = listed()
    assert Client().get(f"/media/{document.file.name}").status_code == 404


def test_application_lets_nginx_send_the_file(settings: Any) -> None:
    settings.SERVE_MEDIA = False
    document = listed()

    answer = get(document)

    assert answer["X-Accel-Redirect"] == f"/-/media/{document.file.name}"
    assert answer["Content-Type"] == "application/pdf"


def test_file_that_is_missing_is_not_found() -> None:
    document = listed()
    document.file.storage.delete(document.file.name or "")
    assert get(document).status_code == 404

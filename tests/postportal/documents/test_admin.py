import errno
from typing import Any

import pytest
from django.urls import reverse

from news.models import Article, ArticleDocument
from postportal.audit.models import Entry
from postportal.documents.models import Document
from tests.factories import documents, forms, news, staff

pytestmark = pytest.mark.django_db


def admin_url(view: str, *args: Any) -> str:
    return reverse(f"admin:documents_document_{view}", args=args)


def test_author_adds_a_document() -> None:
    user = staff.account(role="Author")

    answer = staff.sign_in(user).post(admin_url("add"), {"title": "Tariff", "file": documents.upload()})

    document = Document.objects.get()
    assert (answer.status_code, document.title, document.files.get().uploaded_by) == (302, "Tariff", user)
    assert Entry.objects.filter(action="create", item_label="documents.document", item_key=str(document.pk)).exists()


def test_refused_file_is_explained_and_the_other_fields_stay() -> None:
    fields = {"title": "Tariff", "file": documents.upload(b"x", name="a.zip")}

    answer = staff.sign_in(role="Editor").post(admin_url("add"), fields)

    form = answer.context["adminform"].form
    assert (list(form.errors), form["title"].value()) == (["file"], "Tariff")


def test_editor_replaces_the_file_and_sees_both() -> None:
    document = documents.document()
    browser, url = staff.sign_in(role="Editor"), admin_url("change", document.pk)

    fields = forms.fill_form(browser, url, file=documents.upload(documents.pdf("New")))
    assert browser.post(url, fields).status_code == 302

    page = browser.get(url).content.decode()
    for file in document.files.all():
        link = admin_url("file", document.pk, file.pk)
        assert link in page
        answer: Any = browser.get(link)
        assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_saving_without_a_file_keeps_it() -> None:
    document = documents.document()
    browser, url = staff.sign_in(role="Editor"), admin_url("change", document.pk)

    assert browser.post(url, forms.fill_form(browser, url, title="New title")).status_code == 302

    name = document.file.name
    document.refresh_from_db()
    assert (document.title, document.file.name) == ("New title", name)


def test_author_cannot_replace_a_file_that_readers_have() -> None:
    document = documents.document()
    answer = staff.sign_in(role="Author").post(admin_url("change", document.pk), {"title": "Mine"})
    assert answer.status_code == 403


def test_used_document_is_not_deleted_and_its_uses_are_named() -> None:
    document = documents.document()
    ArticleDocument.objects.create(article=news.article("Listed here"), document=document)
    news.article("Linked here", body=f'<p><a href="document:{document.pk}">x</a></p>')
    news.article("Other number", body=f'<p><a href="/documents/{document.pk}1/">x</a></p>')
    browser = staff.sign_in(role="Editor")

    page = browser.get(admin_url("delete", document.pk)).content.decode()
    browser.post(admin_url("delete", document.pk), forms.delete_confirmation(document))

    assert "Listed here" in page
    assert "Linked here" in page
    assert "Other number" not in page
    assert Document.objects.count() == 1


@pytest.mark.parametrize("place", ["list", "text"])
def test_document_of_unpublished_changes_is_in_use(place: str) -> None:
    article, document = news.article("Changed"), documents.document()
    browser, url = staff.sign_in(role="Editor"), reverse("admin:news_article_change", args=[article.pk])
    row = {"attached_documents-TOTAL_FORMS": "1", "attached_documents-0-document": document.pk}
    text = {"body": f'<p><a href="document:{document.pk}">x</a></p>'}
    more = {**row, "attached_documents-0-order": "1"} if place == "list" else text
    assert browser.post(url, forms.fill_form(browser, url, **more)).status_code == 302

    browser.post(admin_url("delete", document.pk), forms.delete_confirmation(document))

    assert Document.objects.count() == 1
    page = browser.get(admin_url("change", document.pk)).content.decode()
    assert "1 article, in unpublished changes" in page
    other = documents.document("Other")
    browser.post(admin_url("delete", other.pk), forms.delete_confirmation(other))
    assert list(Document.objects.all()) == [document]


def test_choices_are_found_by_title_by_those_who_may_see_documents() -> None:
    documents.document("Parcel tariff")
    documents.document("Claim form")
    url = admin_url("choices")

    found = staff.sign_in(role="Author").get(url, {"q": "tariff"}).json()["choices"]

    assert [choice["words"] for choice in found] == ["Parcel tariff (PDF, 1\u00a0page, 1\u00a0KB)"]
    file = documents.document().files.get()
    for private in (url, admin_url("file", file.document_id, file.pk)):
        assert staff.sign_in(role="Service desk").get(private).status_code == 403


def test_list_at_the_end_of_a_live_article_is_a_draft_until_it_is_published() -> None:
    article, document = news.article(), documents.document()
    browser, url = staff.sign_in(role="Editor"), reverse("admin:news_article_change", args=[article.pk])
    row = {"attached_documents-TOTAL_FORMS": "1", "attached_documents-0-document": document.pk}
    fields = forms.fill_form(browser, url, **row, **{"attached_documents-0-order": "1"})

    assert browser.post(url, fields).status_code == 302

    assert not Article.objects.get().attached_documents.exists()
    assert "Parcel tariff" in browser.get(url).content.decode()


def test_full_disk_is_explained_and_the_fields_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fsync)

    answer = staff.sign_in(role="Editor").post(admin_url("add"), {"title": "Tariff", "file": documents.upload()})

    form = answer.context["adminform"].form
    assert ("no disk space left" in form.errors["file"][0], form["title"].value()) == (True, "Tariff")
    assert Document.objects.count() == 0

"""Files of deleted pictures and documents: kept, out of reach for readers, taken back, and removed in the end."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from postportal.documents.models import Document, DocumentFile
from postportal.images.file_removal import remove_forgotten
from postportal.images.models import KEPT_DAYS, DeletedFile, Image, ImageFile
from postportal.publishing.models import Revision
from postportal.publishing.versions.undeletion import undelete
from tests.factories import documents, images, news, pages, staff

pytestmark = pytest.mark.django_db


def replaced_image() -> Image:
    image = images.image()
    image.file = images.upload(size=(80, 50))
    image.save()
    return image


def replaced_document() -> Document:
    document = documents.document()
    document.file = documents.upload(documents.pdf("New"))
    document.save()
    return document


MAKERS = [replaced_image, replaced_document]


def delete(row: Any) -> Revision:
    pk = row.pk
    row.delete()
    return Revision.objects.last_of_deleted(type(row)).get(object_id=pk)


def restore(revision: Revision) -> Any:
    return undelete(revision, by=staff.account(is_superuser=True)).row


def stored(model: Any) -> list[dict[str, Any]]:
    rows = model.objects.order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "modified_at"} for row in rows]


def age(*, days: int) -> None:
    DeletedFile.objects.update(deleted_at=timezone.now() - dt.timedelta(days=days))


@pytest.mark.parametrize("make", MAKERS)
def test_row_comes_back_with_all_its_files(make: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = make()
    # Its renditions have been built.
    row.refresh_from_db()
    models = (type(row), DocumentFile if isinstance(row, Document) else ImageFile)
    before, names = [stored(model) for model in models], row.file_names()

    with django_capture_on_commit_callbacks(execute=True):
        restored = restore(delete(row))
        remove_forgotten(days=0)

    assert [stored(model) for model in models] == before
    assert {name for name in names if default_storage.exists(name)} == names == restored.file_names()
    assert not DeletedFile.objects.exists()


@pytest.mark.parametrize("make", MAKERS)
def test_files_of_a_forgotten_deletion_are_removed_and_the_page_says_so(
    make: Any, django_capture_on_commit_callbacks: Any
) -> None:
    revision = delete(row := make())
    names = set(DeletedFile.objects.values_list("name", flat=True))
    age(days=KEPT_DAYS - 1)
    assert (remove_forgotten(), all(default_storage.exists(name) for name in names)) == (0, True)

    age(days=KEPT_DAYS)
    with django_capture_on_commit_callbacks(execute=True):
        removed = remove_forgotten()

    assert (removed, [name for name in names if default_storage.exists(name)]) == (len(names), [])
    with pytest.raises(ValidationError, match="Its file has been removed"):
        restore(revision)
    assert not type(row).objects.exists()


def status(client: Client, url: str) -> int:
    answer = client.get(url)
    if answer.streaming:
        # Read to its end, which closes the file. close() would also close the connection of the test.
        list(answer.streaming_content)
    return answer.status_code


def test_readers_never_get_the_file_of_a_deleted_picture(client: Client) -> None:
    image = images.image()
    article = news.article(lead_image=image)
    url = f"/media/{image.file.name}"
    assert status(client, url) == 200

    article.lead_image = None
    article.save()
    revision = delete(image)

    assert default_storage.exists(image.file.name or "")
    assert status(client, url) == 404
    restore(revision)
    assert status(client, url) == 404


def test_readers_never_get_the_file_of_a_deleted_document(client: Client) -> None:
    document = documents.document()
    attached = pages.page("Prices").attached_documents.create(document=document)
    url = document.get_absolute_url()
    assert status(client, url) == 200

    attached.delete()
    name, revision = document.file.name or "", delete(document)

    assert default_storage.exists(name)
    assert (status(client, url), status(client, f"/media/{name}")) == (404, 404)
    restore(revision)
    assert status(client, f"/media/{name}") == 404


@pytest.mark.parametrize(("make", "path"), [(images.image, "images/image"), (documents.document, "documents/document")])
def test_page_says_that_readers_do_not_see_it_yet(make: Any, path: str) -> None:
    row = make()
    row.delete()
    browser = staff.sign_in(role="Publisher")

    listed = browser.get(f"/admin/{path}/deleted/")
    assert f"Files are kept for {KEPT_DAYS} days." in listed.content.decode()
    [(_, _, url)] = listed.context["deletions"]
    page = browser.get(url)

    assert page.context["is_visible"] is False
    assert browser.post(url).status_code == 302
    assert type(row).objects.count() == 1

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from postportal.documents.file_sizes import describe_size
from postportal.documents.models import Document, DocumentFile
from postportal.documents.models.document import STORED_NAME
from postportal.images.models import DeletedFile
from postportal.publishing.versions import snapshots
from tests.factories import documents

pytestmark = pytest.mark.django_db


def test_file_has_a_random_name_and_its_details() -> None:
    document = documents.document(title="", file=documents.upload(name="secret_plan.PDF"))

    assert STORED_NAME.fullmatch(document.file.name or "")
    assert (document.title, document.kind, document.pages) == ("secret plan", "pdf", 1)
    assert document.size == len(documents.pdf())
    assert document.type_and_size == "PDF, 1\u00a0page, 1\u00a0KB"


def test_replaced_files_are_kept() -> None:
    document = documents.document()
    first = document.file.name
    document.file = documents.upload(documents.office(), name="a.docx")
    document.save()

    names = list(document.files.values_list("name", flat=True))
    assert sorted(names) == sorted([first, document.file.name])
    assert all(default_storage.exists(name) for name in names)
    assert (document.kind, document.pages) == ("docx", None)


def test_restored_version_brings_its_file_back() -> None:
    document = documents.document()
    content, first = snapshots.serialize(document), document.file.name
    document.file = documents.upload(documents.office(), name="a.docx")
    document.save()

    snapshots.apply_content(document, content)

    document.refresh_from_db()
    assert (document.file.name, document.kind, document.pages) == (first, "pdf", 1)
    assert DocumentFile.objects.count() == 2


def test_saving_other_fields_stores_no_file() -> None:
    document = documents.document()
    Document.objects.get(pk=document.pk).save()
    assert DocumentFile.objects.count() == 1


@pytest.mark.parametrize("delete", [lambda row: row.delete(), lambda row: Document.objects.all().delete()])
def test_all_files_of_a_deleted_document_are_kept_for_a_while(
    delete: Any, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = documents.document()
    document.file = documents.upload(documents.pdf("New"))
    document.save()
    names = document.file_names()

    with django_capture_on_commit_callbacks(execute=True):
        delete(document)

    assert (len(names), {name for name in names if default_storage.exists(name)}) == (2, names)
    assert set(DeletedFile.objects.values_list("name", flat=True)) == names


def test_refused_file_is_an_error_of_the_field() -> None:
    document = Document(title="Tariff", file=documents.upload(b"x", name="a.exe"))
    with pytest.raises(ValidationError) as caught:
        document.full_clean()
    assert list(caught.value.message_dict) == ["file"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"b\u202efdp.exe', "a b fdp.exe.pdf"),
        ("...", "document.pdf"),
        ("资费表", "资费表.pdf"),
        ("x" * 200, "x" * 100 + ".pdf"),
    ],
)
def test_download_name_is_safe(title: str, name: str) -> None:
    assert Document(title=title, kind="pdf").download_name == name


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1\u00a0KB"), (340_400, "340\u00a0KB"), (1_440_000, "1.4\u00a0MB"), (20 * 1024**2, "21.0\u00a0MB")],
)
def test_sizes_are_written_as_file_managers_do(size: int, words: str) -> None:
    with translation.override("en"):
        assert describe_size(size) == words

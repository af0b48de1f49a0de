from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from postportal.images.models import DeletedFile
from tests.factories import documents, images

pytestmark = pytest.mark.django_db


def test_days_say_what_is_removed(capsys: Any, django_capture_on_commit_callbacks: Any) -> None:
    names = [row.file.name or "" for row in (images.image(), documents.document(), images.image())]
    kept = images.image().file.name or ""
    for name in names[:2]:
        DeletedFile.objects.keep([name])

    call_command("remove_deleted_files")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remove_deleted_files", "--days=0")

    assert capsys.readouterr().out == "Removed files: 0.\nRemoved files: 2.\n"
    assert [default_storage.exists(name) for name in [*names, kept]] == [False, False, True, True]


@pytest.mark.parametrize("days", ["-1", "many", "99999", "9" * 5000])
def test_other_numbers_of_days_are_refused(days: str) -> None:
    with pytest.raises(CommandError, match="number of days"):
        call_command("remove_deleted_files", f"--days={days}")

import pytest
from django.db import IntegrityError, transaction

from postportal.search.models import IndexEntry, Posting

pytestmark = pytest.mark.django_db


def test_row_has_one_entry() -> None:
    IndexEntry.objects.create(kind="page", object_id=7, fingerprint="a")

    with pytest.raises(IntegrityError), transaction.atomic():
        IndexEntry.objects.create(kind="page", object_id=7, fingerprint="b")
    IndexEntry.objects.create(kind="article", object_id=7, fingerprint="a")

    assert sorted(map(str, IndexEntry.objects.all())) == ["article 7", "page 7"]


def test_block_has_one_posting_of_a_term() -> None:
    posting = Posting.objects.create(term="mail", block=0, entries=b"", places=b"")

    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(term="mail", block=0, entries=b"", places=b"")
    Posting.objects.create(term="mail", block=1, entries=b"", places=b"")

    assert str(posting) == "mail in 0"

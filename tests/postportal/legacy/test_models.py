import pytest
from django.core.exceptions import ValidationError

from postportal.legacy.models import Capture
from postportal.legacy.parsing.old_urls import OldUrl
from tests.factories import news
from tests.postportal.legacy.conftest import IMPORTED_AT

pytestmark = pytest.mark.django_db


def capture(**fields: str) -> Capture:
    times = {"first_imported_at": IMPORTED_AT, "imported_at": IMPORTED_AT}
    row = Capture(**{"file_name": "a.txt", "sha256": "0" * 64, "raw_text": "Text", "kind": "news"} | fields, **times)
    row.full_clean()
    row.save()
    return row


def test_url_is_captured_once() -> None:
    first = capture(host="old.example", path="/1.htm")

    with pytest.raises(ValidationError, match=r"This URL has already been captured\."):
        capture(host="old.example", path="/1.htm", sha256="1" * 64)
    assert Capture.objects.at_url(OldUrl("old.example", "/1.htm")).get() == first


def test_text_without_a_url_is_captured_once() -> None:
    first = capture()

    with pytest.raises(ValidationError, match=r"This text has already been captured\."):
        capture()
    capture(host="old.example", path="/1.htm")
    assert Capture.objects.without_url().get() == first


def test_item_is_recorded_with_its_fingerprint() -> None:
    article, row = news.article(), capture()

    row.record_item(article, fingerprint="abc")
    row.save()

    assert Capture.objects.for_item(article).get().fingerprint == "abc"
    assert not Capture.objects.for_item(news.article()).exists()

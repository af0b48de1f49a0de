import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from news.models import Article
from postportal.legacy.importers.outcomes import clean_body, find_earlier_item, fingerprint_of, truncate_to_field
from postportal.legacy.models import Capture
from postportal.pages.models import Redirect
from tests.factories import news

MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def test_fingerprint_does_not_depend_on_the_time_zone() -> None:
    local = MOMENT.astimezone(ZoneInfo("Asia/Shanghai"))

    assert fingerprint_of(Article(publish_at=MOMENT), ["publish_at"]) == fingerprint_of(
        Article(publish_at=local), ["publish_at"]
    )


def test_fingerprint_depends_on_fields_and_other_values() -> None:
    article = Article(title="Boats")
    fingerprints = {
        fingerprint_of(article, ["title"]),
        fingerprint_of(Article(title="Nets"), ["title"]),
        fingerprint_of(article, ["title"], [(1, None)]),
    }

    assert len(fingerprints) == 3


def test_long_value_is_shortened_and_reported() -> None:
    findings: list[str] = []

    value = truncate_to_field(Article(), "credit", "word " * 100, findings=findings)

    assert len(value) <= Article._meta.get_field("credit").max_length  # type: ignore[operator]
    assert value.endswith("word…")
    assert len(findings) == 1


def test_what_is_left_out_of_a_body_is_a_finding() -> None:
    findings: list[str] = []

    assert clean_body("<p>a</p>", findings=findings) == clean_body("<p>a</p><video></video>", findings=findings)
    assert findings == ["left out: 1 video"]


@pytest.mark.django_db
def test_earlier_item_is_found_by_the_redirect_of_the_old_url() -> None:
    article = news.article()
    Redirect.objects.create(old_host="old.example", old_path="/1.htm", target=article)

    assert find_earlier_item(Capture(host="old.example", path="/1.htm"), Article) == article
    assert find_earlier_item(Capture(host="old.example", path="/2.htm"), Article) is None
    assert find_earlier_item(Capture(), Article) is None

import datetime as dt

import pytest

from news.models import Article
from postportal.audit.models import Entry
from postportal.legacy.importers.outcomes import clean_body, find_earlier_item, truncate_to_field
from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Redirect
from postportal.publishing.models import Revision
from tests.factories import editorial, news, staff
from tests.postportal.legacy.captures import news_text
from tests.postportal.legacy.conftest import IMPORTED_AT, ImportText

MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


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


@pytest.mark.django_db
def test_article_with_unpublished_changes_is_kept(import_text: ImportText) -> None:
    import_text(news_text())
    editorial.correction(Article.objects.get(), by=staff.account("Editor"), body="<p>Corrected.</p>")

    report = import_text(news_text(body="The counter closed again."))

    assert (report.status, report.findings) == (ImportStatus.KEPT, ["not changed: it has unpublished changes"])


@pytest.mark.django_db
def test_overwritten_article_is_in_the_history_shown_as_updated_and_logged(import_text: ImportText) -> None:
    import_text(news_text())
    at = IMPORTED_AT + dt.timedelta(days=1)

    report = import_text(news_text(body="The counter closed again."), at=at)
    import_text(news_text(body="The counter closed again."), at=at)

    article = Article.objects.get()
    assert (report.status, article.updated_at) == (ImportStatus.UPDATED, at)
    kinds = Revision.objects.of(article).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["found", "imported"]
    assert [entry.item_label for entry in Entry.objects.filter(action="import")] == ["legacy.capture"] * 2

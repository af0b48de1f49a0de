import pytest

from news.models import Article
from postportal.publishing.admin.version_tokens import (
    is_current,
    latest_revision,
    make_version_token,
    parse_shown_number,
    shown_content,
)
from postportal.publishing.versions import revisions, snapshots
from tests.factories import editorial, news, staff

pytestmark = pytest.mark.django_db


def save_without_revision(article: Article, title: str) -> None:
    """Change the row as an import does."""
    article.title = title
    article.save()


def test_token_of_a_new_item_is_zero() -> None:
    assert make_version_token(None) == "0"


def test_token_is_current_until_the_next_save() -> None:
    article, writer = news.article("Old"), staff.account("Editor")
    before = make_version_token(article)
    editorial.correction(article, by=writer, title="New")
    after = make_version_token(article)

    assert (is_current(article, before), is_current(article, after)) == (False, True)


def test_token_before_the_first_revision_notices_a_change_without_one() -> None:
    article = news.article("Old")
    token = make_version_token(article)
    shown = is_current(article, token)

    save_without_revision(article, "By an import")

    assert (token.partition(".")[0], shown, is_current(article, token)) == ("0", True, False)


def test_content_that_is_recorded_only_now_is_still_the_one_that_was_shown() -> None:
    article = news.article("Old")
    token = make_version_token(article)

    revisions.record_outside_change(article)

    assert is_current(article, token)
    assert shown_content(article, token)["fields"]["title"] == "Old"


@pytest.mark.parametrize("token", ["", "one", "-1", "1.2.3", "1.", " 1", "9" * 10, f"1.{'9' * 20}"])
def test_string_that_is_no_token_is_never_current(token: str) -> None:
    article = news.article()

    assert (parse_shown_number(token), is_current(article, token), shown_content(article, token)) == (None, False, None)


def test_shown_content_is_that_of_its_version() -> None:
    article, writer = news.article("Old"), staff.account("Editor")
    editorial.correction(article, by=writer, title="First")
    token = make_version_token(article)
    editorial.correction(article, by=writer, title="Second")

    assert shown_content(article, token)["fields"]["title"] == "First"
    assert shown_content(article, "99") is None


def test_latest_revision_comes_with_who_saved_it() -> None:
    article, writer = news.article(), staff.account("Editor")
    assert latest_revision(article) is None

    revisions.record_revision(article, snapshots.serialize(article), by=writer)

    newest = latest_revision(article)
    assert newest is not None
    assert (newest.number, newest.by) == (1, writer)

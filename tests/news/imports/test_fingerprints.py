import pytest

from news.imports.fingerprints import fingerprint_article
from news.models import Article

UNCHANGED = fingerprint_article(
    Article(title="Night mail", state="published"), tags=[2, 1], mentions=[(None, 1), (2, None)]
)


def test_order_of_tags_and_mentions_does_not_matter() -> None:
    article = Article(title="Night mail", state="published")

    assert fingerprint_article(article, tags=[1, 2], mentions=[(2, None), (None, 1)]) == UNCHANGED


def test_publication_at_the_scheduled_time_is_no_change() -> None:
    article = Article(title="Night mail", state="scheduled")

    assert fingerprint_article(article, tags=[1, 2], mentions=[(2, None), (None, 1)]) == UNCHANGED


@pytest.mark.parametrize(
    "changes",
    [
        {"fields": {"title": "Day mail"}},
        {"fields": {"location": "Sandy Bay"}},
        {"fields": {"lead_image_id": 3}},
        {"fields": {"translation_of_id": 3}},
        {"fields": {"state": "draft"}},
        {"tags": [1]},
        {"mentions": [(None, 1)]},
    ],
)
def test_everything_an_import_writes_is_part_of_it(changes: dict[str, object]) -> None:
    values = {"tags": [1, 2], "mentions": [(2, None), (None, 1)], **changes}
    article = Article(**{"title": "Night mail", "state": "published", **values.pop("fields", {})})  # type: ignore[dict-item]

    assert fingerprint_article(article, **values) != UNCHANGED  # type: ignore[arg-type]

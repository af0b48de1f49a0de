"""Snapshots: any content that is applied is read back unchanged."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from hypothesis import given
from hypothesis import strategies as st

from postportal.publishing.models import Publishable
from postportal.publishing.versions import snapshots
from postportal.richtext.sanitize import clean_html
from tests.factories import images, news, pages, services

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2900, 1, 1)).map(str)
# To the second, as in forms.
TIMES = st.integers(1_700_000_000, 29_000_000_000).map(
    lambda seconds: (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)).isoformat()
)
MARKUP = st.lists(
    st.tuples(
        st.sampled_from(["p", "h2", "li", "td", "strong", "blockquote", "script"]), st.text(CHARACTERS, max_size=9)
    ),
    max_size=6,
).map(lambda parts: "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts))
# Fields that depend on each other, so that random values would contradict other fields.
DEPENDENT_FIELDS = {"year", "number", "issued_on", "sale_until", "correction_on"}


def text(column: Any, *, is_filled: bool = False) -> st.SearchStrategy[str]:
    """Return a strategy for texts as the column stores them: tidied."""
    texts = st.text(CHARACTERS, max_size=min(column.max_length or 40, 40)).map(column.get_prep_value)
    return texts.filter(bool) if is_filled else texts


def value(column: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of the column in a content."""
    if getattr(column, "is_rich_text", False):
        return MARKUP.map(lambda html: str(clean_html(html)))
    if column.choices:
        return st.sampled_from([key for key, _ in column.flatchoices])
    if column.name in ("slug", "path"):
        return st.from_regex(r"\Ax[a-z0-9]{1,30}\Z")
    kinds: list[tuple[type, Any]] = [
        (models.BooleanField, st.booleans),
        (models.DateTimeField, lambda: TIMES),
        (models.DateField, lambda: DAYS),
        (
            models.DecimalField,
            lambda: st.integers(1, 9999).map(lambda n: f"{n / 10**column.decimal_places:.{column.decimal_places}f}"),
        ),
        (models.IntegerField, lambda: st.integers(1, 30_000)),
        (models.CharField, lambda: text(column, is_filled=column.name in ("title", "name", "number"))),
        (models.TextField, lambda: text(column)),
        (models.ForeignKey, lambda: st.sampled_from(sorted(column.related_model.objects.values_list("pk", flat=True)))),
    ]
    strategy = next(make() for kind, make in kinds if isinstance(column, kind))
    return st.none() | strategy if column.null else strategy  # type: ignore[no-any-return]


def change(draw: Any, content: dict[str, Any], item: Publishable) -> dict[str, Any]:
    """Return the content with random fields, tags and links."""
    fields = {
        column.name: draw(value(column), label=column.name)
        for column in snapshots.editable_fields(type(item))
        if column.name not in DEPENDENT_FIELDS | {"translation_of"}
    }
    tags = {name: sorted(draw(st.sets(st.sampled_from(["rail", "snow", "邮政", "C++"])))) for name in content["tags"]}
    links = {
        name: sorted(draw(st.sets(st.sampled_from(sorted(related.objects.values_list("pk", flat=True))))))
        for name in content["links"]
        if (related := item._meta.get_field(name).related_model)
    }
    return {**content, "fields": {**content["fields"], **fields}, "tags": tags, "links": links}


def rows(draw: Any, item: Publishable, name: str, *, keys: list[int], own: dict[str, Any]) -> list[dict[str, Any]]:
    """Return some of the existing rows and some new ones. `own` sets fields with database constraints."""
    relation: Any = item._meta.get_field(name)
    parent = relation.field.name
    chosen = sorted({*draw(st.sets(st.sampled_from(keys))), *draw(st.sets(st.integers(-99, -1), max_size=3))})
    result = []
    for place, key in enumerate(chosen):
        row = {
            column.name: draw(value(column), label=column.name)
            for column in snapshots.row_fields(relation.related_model)
            if column.name != parent
        }
        result.append({"pk": key, **row, parent: item.pk, **{field: make(place, draw) for field, make in own.items()}})
    return result


def check(item: Publishable, content: dict[str, Any]) -> None:
    stored = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    with snapshots.dry_run():
        snapshots.apply_content(type(item)._default_manager.get(pk=item.pk), stored)
        taken = snapshots.serialize(type(item)._default_manager.get(pk=item.pk), known=stored)
        assert json.loads(json.dumps(taken, cls=DjangoJSONEncoder)) == content
        with transaction.atomic():
            snapshots.apply_content(type(item)._default_manager.get(pk=item.pk), stored)
        assert snapshots.serialize(type(item)._default_manager.get(pk=item.pk), known=stored) == taken


@given(data=st.data())
def test_content_applied_to_a_page_is_read_back(data: st.DataObject) -> None:
    with snapshots.dry_run():
        page = pages.page()
        check(page, change(data.draw, snapshots.serialize(page), page))


@given(data=st.data())
def test_content_applied_to_an_article_is_read_back(data: st.DataObject) -> None:
    with snapshots.dry_run():
        people = [news.person().pk for _ in range(6)]
        article = news.article(source=news.source(), lead_image=images.image())
        mentions = [news.mention(news.organization(), article=article).pk for _ in range(2)]
        content = change(data.draw, snapshots.serialize(article), article)
        content["fields"]["section"] = article.section_id
        own = {"person": lambda place, draw: people[place], "organization": lambda place, draw: None}
        content["parts"]["mentions"] = rows(data.draw, article, "mentions", keys=mentions, own=own)

        check(article, content)


@given(data=st.data())
def test_content_applied_to_an_issue_is_read_back(data: st.DataObject) -> None:
    with snapshots.dry_run():
        news.organization()
        news.person()
        issue = services.stamp_issue(lead_image=images.image())
        keys = {
            "stamps": [services.stamp(issue, position=number).pk for number in (1, 2)],
            "partner_stamps": [services.partner_stamp(issue).pk],
            "products": [services.product(issue, name="Sheet").pk],
            "credits": [services.credit(issue).pk],
            "catalogue_references": [services.catalogue_reference(issue).pk],
        }
        content = change(data.draw, snapshots.serialize(issue), issue)

        elsewhere = services.stamp(services.stamp_issue()).pk

        def numbered(place: int, draw: Any) -> str:
            return f"Name {place}"

        own: dict[str, dict[str, Any]] = {
            # In reverse order, so that stamps swap positions.
            "stamps": {
                "variety_of": lambda place, draw: draw(st.sampled_from([None, elsewhere])),
                "position": lambda place, draw: 5 - place,
                "wns_number": lambda place, draw: "",
                "rate_name": lambda place, draw: "",
                # Imperforate stamps have none.
                "gauge": lambda place, draw: "",
            },
            "partner_stamps": {"name": numbered, "denomination": lambda place, draw: None},
            "products": {"name": numbered, "columns": lambda place, draw: 5, "rows": lambda place, draw: 4},
            "credits": {"name": numbered, "organization": lambda place, draw: None},
            "catalogue_references": {"number": numbered},
        }
        for name, existing in keys.items():
            content["parts"][name] = rows(data.draw, issue, name, keys=existing, own=own[name])

        check(issue, content)


def test_columns_made_from_others_are_no_part_of_a_version() -> None:
    stamp = services.stamp(services.stamp_issue(), name="Rosé")

    [row] = snapshots.serialize(stamp.issue)["parts"]["stamps"]

    assert row["name"] == "Rosé"
    assert [name for name in row if name.startswith("folded")] == []

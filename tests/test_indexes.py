"""Indexes of the database, each of which costs every save."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps


def indexed(model: type[models.Model]) -> tuple[list[list[str]], list[list[str]]]:
    """Return the columns of the indexes that a model asks for, and of those that its unique rules bring."""
    meta = model._meta
    plain = [[field.name] for field in meta.local_fields if field.db_index and not field.unique]
    plain += [list(index.fields) for index in meta.indexes if index.fields and index.condition is None]
    unique = [[field.name] for field in meta.local_fields if field.unique] + [list(row) for row in meta.unique_together]
    unique += [
        list(rule.fields)
        for rule in meta.constraints
        if isinstance(rule, models.UniqueConstraint) and rule.fields and rule.condition is None
    ]
    return plain, unique


def needless(model: type[models.Model]) -> list[list[str]]:
    """Return the columns of indexes that another index begins with, so that it answers the same questions."""
    plain, unique = indexed(model)
    return [
        columns
        for place, columns in enumerate(plain)
        if any(other[: len(columns)] == columns for other in [*plain[:place], *plain[place + 1 :], *unique])
    ]


OWN = [model for model in apps.get_models() if model.__module__.split(".")[0] in {"news", "postportal", "services"}]


def test_no_index_begins_like_another() -> None:
    assert {model._meta.label: needless(model) for model in OWN if needless(model)} == {}


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        ({"indexes": [models.Index(fields=["office", "opens_on"], name="by_day")]}, [["office"]]),
        ({"constraints": [models.UniqueConstraint(fields=["office", "opens_on"], name="once")]}, [["office"]]),
        ({"indexes": [models.Index(fields=["opens_on", "office"], name="by_day")]}, []),
        ({"indexes": [models.Index(fields=["office"], condition=models.Q(opens_on=None), name="undated")]}, []),
    ],
)
@isolate_apps("news")
def test_needless_index_is_found(options: dict[str, list[object]], columns: list[list[str]]) -> None:
    class Opening(models.Model):
        office = models.ForeignKey("news.Organization", models.CASCADE)
        opens_on = models.DateField(null=True)

        class Meta:
            app_label = "news"
            indexes = options.get("indexes", [])
            constraints = options.get("constraints", [])

        def __str__(self) -> str:
            return str(self.opens_on)

    assert needless(Opening) == columns

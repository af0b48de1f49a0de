"""Every rule of the database is known by its name, and has words for editors."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from news.models import Article
from postportal.publishing.models import State
from postportal.staff.database_rules import broken_rule, constraint_fields, constraint_message
from tests.factories import news

pytestmark = pytest.mark.django_db

OWN = ("postportal", "news", "services")
CONSTRAINTS = [
    pytest.param(model, constraint, id=constraint.name)
    for model in apps.get_models()
    if model.__module__.startswith(OWN)
    for constraint in model._meta.constraints
]
UNIQUE_FIELDS = [
    pytest.param(model, field, id=f"{model._meta.label_lower}.{field.name}")
    for model in apps.get_models()
    if model.__module__.startswith(OWN)
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key
]


class Diagnosis(Exception):  # noqa: N818
    """Details of an error, as the driver of PostgreSQL gives them."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.diag = SimpleNamespace(**values)


def error_of(model: type[models.Model], constraint: Any) -> IntegrityError:
    """Return the error that this database sends when the constraint refuses a row."""
    if connection.vendor == "postgresql":
        error = IntegrityError("refused")
        error.__cause__ = Diagnosis(constraint_name=constraint.name)
        return error
    if not isinstance(constraint, models.UniqueConstraint):
        return IntegrityError(f"CHECK constraint failed: {constraint.name}")
    if constraint.expressions:
        return IntegrityError(f"UNIQUE constraint failed: index '{constraint.name}'")
    table = model._meta.db_table
    columns = [f"{table}.{model._meta.get_field(name).column}" for name in constraint.fields]  # type: ignore[union-attr]
    return IntegrityError(f"UNIQUE constraint failed: {', '.join(columns)}")


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS)
def test_every_constraint_has_a_sentence_and_fields(model: type[models.Model], constraint: Any) -> None:
    rule = broken_rule(error_of(model, constraint))

    assert rule is not None
    assert rule.model is model
    assert set(rule.fields) == set(constraint_fields(constraint)) != set()
    assert re.fullmatch(r"[A-Z“].*\.", rule.message), rule.message
    assert constraint.name not in rule.message


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS)
def test_every_constraint_is_in_the_database_under_its_name(model: type[models.Model], constraint: Any) -> None:
    """The error carries this name, so a renamed or missing one would have no sentence."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = set(connection.introspection.get_constraints(cursor, model._meta.db_table))
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s", [model._meta.db_table])
            statements = " ".join(sql or "" for (sql,) in cursor.fetchall())
            # A trigger names the rule that it keeps as a check does.
            found = re.findall(r'"(\w+)"|CHECK constraint failed: (\w+)', statements)
            names = {name for pair in found for name in pair}

    assert constraint.name in names


@pytest.mark.parametrize(("model", "field"), UNIQUE_FIELDS)
def test_every_unique_field_has_a_sentence(model: type[models.Model], field: models.Field) -> None:
    table = model._meta.db_table
    error = IntegrityError(f"UNIQUE constraint failed: {table}.{field.column}")
    if connection.vendor == "postgresql":
        error = IntegrityError(f"duplicate key value\nDETAIL:  Key ({field.column})=(1) already exists.")
        error.__cause__ = Diagnosis(constraint_name="generated", table_name=table)

    rule = broken_rule(error)

    assert rule is not None
    assert (rule.model, rule.fields) == (model, (field.name,))


def refusal(write: Any) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return caught.value


def test_real_errors_name_their_rule() -> None:
    article, other = news.article("Boats", slug="boats"), news.article("Rail", slug="rail", external_id="x-1")
    writes = {
        "A published article must have a title and a section.": lambda: Article.objects.filter(pk=article.pk).update(
            section=None
        ),
        "Another article with this date already uses this URL. Choose another.": lambda: Article.objects.filter(
            pk=other.pk
        ).update(slug="boats"),
        "Already in use: external ID. Enter another value.": lambda: Article.objects.filter(pk=article.pk).update(
            external_id="x-1"
        ),
        "This field cannot be blank.": lambda: Article.objects.filter(pk=article.pk).update(title=None),
        "Enter a reason. Readers will see it.": lambda: Article.objects.filter(pk=article.pk).update(
            state=State.WITHDRAWN
        ),
    }

    for message, write in writes.items():
        rule = broken_rule(refusal(write))
        assert rule is not None, message
        assert (rule.model, rule.message) == (Article, message)


def test_error_without_a_rule_is_not_explained() -> None:
    assert broken_rule(IntegrityError("FOREIGN KEY constraint failed")) is None


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS)
def test_sentence_does_not_depend_on_the_error(model: type[models.Model], constraint: Any) -> None:
    assert constraint_message(model, constraint) == broken_rule(error_of(model, constraint)).message  # type: ignore[union-attr]

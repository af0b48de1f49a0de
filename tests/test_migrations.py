"""Migrations that the version before survives, since it runs on until each process has been restarted."""

from typing import Any

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from tests.migration_rules import problems_of, problems_of_all


def problems(*operations: Operation, contracts: str = "") -> list[str]:
    """Return the problems of a migration of an app with a model."""
    migration = migrations.Migration("0002_change", "tenders")
    migration.operations = list(operations)
    if contracts:
        migration.contracts = contracts
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField(max_length=80)),
        ("note", models.CharField(max_length=80, null=True)),
    ]
    state = ProjectState()
    state.add_model(ModelState("tenders", "Tender", fields))
    return problems_of(migration, state)


def add(field: models.Field, name: str = "place") -> Operation:
    return migrations.AddField("tender", name, field)


def alter(name: str, field: models.Field) -> Operation:
    return migrations.AlterField("tender", name, field)


def text(**options: Any) -> models.Field:
    return models.CharField(**{"max_length": 80, **options})


def test_version_before_survives_every_migration() -> None:
    own = {app.label for app in apps.get_app_configs() if "site-packages" not in app.path}

    assert problems_of_all(own) == []


@pytest.mark.parametrize(
    "operation",
    [
        add(text(null=True)),
        add(text(db_default="")),
        add(models.ManyToManyField("tenders.Tender"), "related"),
        alter("title", text(max_length=120, verbose_name="headline")),
        alter("title", text(null=True)),
        migrations.CreateModel("Bid", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddIndex("tender", models.Index(fields=["title"], name="tender_title")),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("tender", "note")]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_adds_is_accepted(operation: Operation) -> None:
    assert problems(operation) == []


CONTRACTING = [
    migrations.RemoveField("tender", "note"),
    migrations.DeleteModel("tender"),
    add(text(default="")),
    alter("note", text()),
    alter("title", text(max_length=60)),
    alter("title", text(unique=True)),
    alter("title", models.IntegerField()),
    migrations.AddConstraint("tender", models.UniqueConstraint(fields=["title"], name="one_title")),
]


@pytest.mark.parametrize("operation", CONTRACTING, ids=lambda operation: operation.describe())
def test_what_takes_away_waits_for_a_version_that_does_without(operation: Operation) -> None:
    assert len(problems(operation)) == 1
    assert len(problems(operation, contracts="yes")) == 1
    assert problems(operation, contracts="1.3") == []


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RenameField("tender", "note", "remark"),
        migrations.RenameModel("Tender", "Call"),
        migrations.AlterModelTable("tender", "calls"),
    ],
    ids=lambda operation: operation.describe(),
)
def test_renaming_is_never_survived(operation: Operation) -> None:
    assert len(problems(operation)) == len(problems(operation, contracts="1.3")) == 1


def test_operations_see_what_those_before_them_have_changed() -> None:
    assert problems(add(text(null=True)), alter("place", text(null=True, max_length=90))) == []

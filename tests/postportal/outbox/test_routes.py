from typing import Any

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from postportal.outbox import routes
from postportal.outbox.routes import BATCH_ROUTES, DEPENDENT_ROWS, PARENTS, ROUTES, is_routed

HANDLERS = sorted({handler for handlers in (*ROUTES.values(), *BATCH_ROUTES.values()) for handler in handlers})
LABELS = {
    *(label for table in (ROUTES, BATCH_ROUTES, PARENTS, DEPENDENT_ROWS) for label in table),
    *(parent for parent, _column in PARENTS.values()),
    *(label for rows in DEPENDENT_ROWS.values() for label, _field in rows),
}


@pytest.mark.parametrize("handler", HANDLERS)
def test_every_handler_can_be_imported(handler: str) -> None:
    assert callable(import_string(handler))


@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_label_is_an_installed_model(label: str) -> None:
    assert apps.get_model(label)._meta.label_lower == label


@pytest.mark.parametrize("child", PARENTS)
def test_child_rows_refer_to_their_parent(child: str) -> None:
    parent, column = PARENTS[child]

    [field] = [field for field in apps.get_model(child)._meta.concrete_fields if field.attname == column]

    assert field.related_model is apps.get_model(parent)
    assert is_routed(parent)


@pytest.mark.parametrize(
    ("name", "label", "field"), [(n, label, f) for n, rows in DEPENDENT_ROWS.items() for label, f in rows]
)
def test_dependent_rows_refer_to_the_name(name: str, label: str, field: str) -> None:
    model: Any = apps.get_model(label)
    for part in field.split("__"):
        model = model._meta.get_field(part).related_model
    assert model is apps.get_model(name)
    assert is_routed(label)


def test_models_without_handlers_are_not_routed() -> None:
    assert is_routed("images.image")
    assert is_routed("news.article")
    assert not is_routed("news.source")


def test_other_app_adds_the_handlers_of_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "BATCH_ROUTES", {})

    routes.register_routes("tenders.tender", routes.REINDEX)

    assert is_routed("tenders.tender")
    assert routes.BATCH_ROUTES["tenders.tender"] == [routes.REINDEX]

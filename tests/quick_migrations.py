"""Tables made in a second. To add a model, Django makes the classes of all models again that are connected with it,
which is most of them and nine tenths of the time. Only migrations of rows look at these classes, and a new model
changes nothing in those that are there already.

tests/test_quick_migrations.py compares the tables with those that Django makes in its own way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.migrations.state import ProjectState

# As Django does it.
reload_model = ProjectState.reload_model


@contextmanager
def only_new_models_made() -> Iterator[None]:
    """Make the class of a model that is added, and leave those that are there."""

    def make_or_reload(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" in vars(state) and model_name not in state.apps.all_models[app_label]:
            state.apps.render_multiple([state.models[app_label, model_name]])
        else:
            reload_model(state, app_label, model_name, delay)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "reload_model", make_or_reload)
        yield

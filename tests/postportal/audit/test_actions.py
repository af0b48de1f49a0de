import re

import pytest

from postportal.audit.actions import Action
from tests.test_conventions import python_files, text


def sources() -> str:
    ours = [path for path in python_files() if path.parts[0] in {"news", "services", "postportal"}]
    return "".join(text(path) for path in ours if path.name != "actions.py" or path.parts[1] != "audit")


@pytest.mark.parametrize("action", Action)
def test_every_action_is_logged_somewhere(action: Action) -> None:
    assert re.search(rf"\bAction\.{action.name}\b", sources())

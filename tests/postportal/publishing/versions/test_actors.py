"""Names of those who saved or deleted versions."""

import pytest

from postportal.publishing.models import Revision
from postportal.publishing.versions.actors import actor_name
from tests.factories import staff


@pytest.mark.django_db
def test_account_command_and_nobody_are_told_apart() -> None:
    user = staff.account()

    assert actor_name(Revision(by=user)) == (user.get_full_name() or user.get_username())
    assert actor_name(Revision(command="import_register")) == "by the command import_register"
    assert actor_name(Revision()) == ""

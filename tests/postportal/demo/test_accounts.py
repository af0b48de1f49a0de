import pytest
from django.contrib.auth.models import User

from postportal.demo.accounts import ACCOUNT_ROLES, load_accounts
from postportal.demo.run import LoadRun
from postportal.staff.demo_password import ACCOUNT_NAMES
from tests.postportal.demo.conftest import NOW


@pytest.mark.django_db
def test_accounts_are_staff_with_the_roles_of_the_portal() -> None:
    load_accounts(LoadRun(now=NOW))

    users = {user.username: user for user in User.objects.prefetch_related("groups")}
    assert {name: ", ".join(group.name for group in user.groups.all()) for name, user in users.items()} == ACCOUNT_ROLES
    assert [name for name, user in users.items() if user.is_superuser] == ["admin"]
    assert all(user.is_staff for user in users.values())


def test_deployment_check_knows_every_account() -> None:
    assert list(ACCOUNT_ROLES) == ACCOUNT_NAMES

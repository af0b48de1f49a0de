"""The staff accounts of the demo."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from postportal.demo.run import LoadRun
from postportal.staff.demo_password import DEMO_PASSWORD

# Account and role; newcomer may sign in and has no rights yet.
ACCOUNT_ROLES = {
    "admin": "",
    "author": "Author",
    "editor": "Editor",
    "publisher": "Publisher",
    "philatelist": "Philatelist",
    "servicedesk": "Service desk",
    "viewer": "Viewer",
    "newcomer": "",
}


def load_accounts(run: LoadRun) -> None:
    password = make_password(DEMO_PASSWORD)  # Once: it takes a third of a second.
    for name, role in ACCOUNT_ROLES.items():
        fields = {"password": password, "is_staff": True, "is_superuser": name == "admin"}
        user, made = run.get_or_create(User, {"username": name}, fields)
        if made and role:
            user.groups.add(Group.objects.get(name=role))

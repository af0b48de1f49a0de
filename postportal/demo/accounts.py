"""The staff accounts of the demo."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from postportal.demo.run import Run
from postportal.staff.demo_password import PASSWORD

# Account and role; newcomer may sign in and has no rights yet.
ROLES = {
    "admin": "",
    "author": "Author",
    "editor": "Editor",
    "publisher": "Publisher",
    "philatelist": "Philatelist",
    "servicedesk": "Service desk",
    "viewer": "Viewer",
    "newcomer": "",
}


def load_accounts(run: Run) -> None:
    password = make_password(PASSWORD)  # Once: it takes a third of a second.
    for name, role in ROLES.items():
        fields = {"password": password, "is_staff": True, "is_superuser": name == "admin"}
        user, made = run.ensure(User, {"username": name}, fields)
        if made and role:
            user.groups.add(Group.objects.get(name=role))

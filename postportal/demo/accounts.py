"""Staff accounts of the demo, one for each role."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from postportal.demo.run import LoadRun
from postportal.staff.demo_password import DEMO_PASSWORD

# Account and role; the newcomer can log in and has no permissions yet.
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
    password = make_password(DEMO_PASSWORD)  # Hashed once for all: it takes a third of a second.
    for name, role in ACCOUNT_ROLES.items():
        fields = {"password": password, "is_staff": True, "is_superuser": name == "admin"}
        user, is_new = run.get_or_create(User, {"username": name}, fields)
        if is_new and role:
            user.groups.add(Group.objects.get(name=role))

"""Permissions for items at each stage of the workflow: every request, compared with a table."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from postportal.publishing.workflow.definitions import STEPS
from postportal.roles import ROLES as ROLE_NAMES
from tests.factories import staff
from tests.postportal.permissions.attempts import ATTEMPTS, attempt_outcome, form_fields
from tests.postportal.permissions.expected_outcomes import TABLES
from tests.postportal.permissions.items import make_item
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADMINISTRATOR = "administrator"


def parse_table(table: str) -> tuple[list[str], list[str], dict[str, dict[str, str]]]:
    """Return the roles, the states, and for each request its letters by state."""
    first, second, *lines = table.strip().splitlines()
    states = second.partition("|")[2].split()
    rows = {name.strip(): cells.split() for name, _, cells in (line.partition("|") for line in lines)}
    return (
        first.removeprefix("roles: ").split(", "),
        states,
        {name: dict(zip(states, cells, strict=True)) for name, cells in rows.items()},
    )


EXPECTED_OUTCOMES = {kind: parse_table(table) for kind, table in TABLES.items()}
CELLS = [(kind, state) for kind, (_roles, states, _rows) in EXPECTED_OUTCOMES.items() for state in states]


def account(role: str) -> User:
    return staff.account("" if role == ADMINISTRATOR else role, is_superuser=role == ADMINISTRATOR)


def attempt_outcomes(kind: str, state: str, roles: list[str]) -> dict[str, str]:
    """Return the outcome of each request as letters in the order of the roles. Each is rolled back before the next."""
    writer, chief = staff.account("Author"), account(ADMINISTRATOR)
    outcomes = dict.fromkeys(ATTEMPTS, "")
    for role in roles:
        with transaction.atomic():
            actor = account(role)
            row = make_item(kind, state, actor=actor, writer=writer, chief=chief)
            browser, fields = staff.sign_in(actor), form_fields(row, staff.sign_in(chief))
            for name in ATTEMPTS:
                with transaction.atomic():
                    outcomes[name] += attempt_outcome(name, browser, row, fields)
                    transaction.set_rollback(True)
            transaction.set_rollback(True)
    return outcomes


@pytest.mark.parametrize(("kind", "state"), CELLS)
def test_outcomes_for_each_role_are_those_of_the_table(kind: str, state: str) -> None:
    roles, _states, rows = EXPECTED_OUTCOMES[kind]

    assert attempt_outcomes(kind, state, roles) == {name: cells[state] for name, cells in rows.items()}


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("state", ["draft", "live"])
def test_other_roles_are_denied_everything(kind: str, state: str) -> None:
    outsiders = [role for role in (*ROLE_NAMES, "") if role not in EXPECTED_OUTCOMES[kind][0]]

    assert set(attempt_outcomes(kind, state, outsiders).values()) == {"x" * len(outsiders)}


@pytest.mark.parametrize("kind", TABLES)
def test_anonymous_users_have_to_log_in(kind: str) -> None:
    chief = account(ADMINISTRATOR)
    row = make_item(kind, "draft", actor=chief, writer=chief, chief=chief)
    fields = form_fields(row, staff.sign_in(chief))

    for outsider in (Client(), staff.sign_in(staff.account(is_staff=False))):
        answers = [attempt(outsider, row, fields) for attempt in ATTEMPTS.values()]
        targets = {(answer.status_code, answer.get("Location", "").partition("?")[0]) for answer in answers}
        assert targets <= {(302, "/admin/login/"), (403, "")}


# Possible once the form has saved a change: a request for the step alone is refused.
AFTER_SAVING = {("live", "submit"), ("withdrawn", "submit")}
# Allowed, but already done or not needed any more, so that no button is shown.
NEEDLESS = {("approved", "approve"), ("approved", "force")}


@pytest.mark.parametrize(("kind", "state"), CELLS)
def test_button_is_shown_exactly_where_its_request_is_allowed(kind: str, state: str) -> None:
    roles, _states, rows = EXPECTED_OUTCOMES[kind]
    writer, chief = staff.account("Author"), account(ADMINISTRATOR)
    shown: dict[str, set[str]] = {}
    for role in roles:
        with transaction.atomic():
            actor = account(role)
            row = make_item(kind, state, actor=actor, writer=writer, chief=chief)
            context = staff.sign_in(actor).get(admin_url(row, "change")).context
            shown[role] = {*context["form_steps"], *(step.name for step, _url in context["page_steps"])}
            transaction.set_rollback(True)

    allowed = {
        role: {
            step
            for step in STEPS
            for outcome in [rows[f"step {step}"][state][number]]
            if (outcome == "o" and (state, step) not in NEEDLESS) or (outcome == "r" and (state, step) in AFTER_SAVING)
        }
        for number, role in enumerate(roles)
    }
    assert shown == allowed

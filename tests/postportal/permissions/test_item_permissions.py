"""Permissions for items at each stage of the workflow: every request, compared with a table.

Left out is what cannot differ: `roles_to_ask` and `expected_letters` say why.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client

from postportal.publishing.workflow.definitions import STEPS
from postportal.roles import ROLES as ROLE_NAMES
from tests.factories import staff
from tests.postportal.permissions.attempts import ATTEMPTS, attempt_outcome, form_fields
from tests.postportal.permissions.expected_outcomes import TABLES
from tests.postportal.permissions.items import OWN_STATES, make_item

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


# Roles that are asked at these stages only. The rights of viewers do not depend on the stage, and an administrator has
# those of the role that may do most.
PLAIN_ROLES = {"Viewer": ("draft", "live"), ADMINISTRATOR: ("draft", "scheduled", "live")}
# Who may view an item reads these at every stage. Bulk actions ask the rules of their step, or the right to change.
SHARED_RULES = ("history", "compare", "preview", "preview_revision")
# All kinds have the same panels, which are asked at every stage of an article; of the others, the steps are.
WITH_ALL_REQUESTS = "article"


def roles_to_ask(kind: str, state: str) -> list[str]:
    roles = EXPECTED_OUTCOMES[kind][0]
    return [role for role in roles if state in PLAIN_ROLES.get(role, (state,))]


def expected_letters(kind: str, state: str, role: str) -> dict[str, str]:
    """Return the letters of the table for all requests that the role makes at this stage. Those with rules of others
    are made once for each answer that the role gets."""
    roles, states, rows = EXPECTED_OUTCOMES[kind]
    number, earlier = roles.index(role), states[: states.index(state)]
    asked = [other for other in earlier if role in roles_to_ask(kind, other)]
    return {
        name: cells[state][number]
        for name, cells in rows.items()
        if not is_shared(name, kind=kind) or cells[state][number] not in {cells[other][number] for other in asked}
    }


def is_shared(name: str, *, kind: str) -> bool:
    if kind != WITH_ALL_REQUESTS and name != "change" and not name.startswith("step "):
        return True
    return name in SHARED_RULES or name.startswith("bulk ")


def account(role: str) -> User:
    return staff.account("" if role == ADMINISTRATOR else role, is_superuser=role == ADMINISTRATOR)


def attempt_outcomes(
    kind: str, state: str, names: dict[str, list[str]]
) -> tuple[dict[str, dict[str, str]], dict[str, set[str]]]:
    """Return for each role the outcomes of the requests with these names, and the steps with a button. Each request is
    rolled back before the next."""
    writer, chief = staff.account("Author"), account(ADMINISTRATOR)
    outcomes: dict[str, dict[str, str]] = {role: {} for role in names}
    shown, shared = {}, None
    if state not in OWN_STATES:
        row = make_item(kind, state, actor=chief, writer=writer, chief=chief)
        shared = row, form_fields(row, staff.sign_in(chief))
    for role, found in outcomes.items():
        with transaction.atomic():
            actor = account(role)
            row, fields = shared or _own_item(kind, state, actor=actor, writer=writer, chief=chief)
            browser = staff.sign_in(actor)
            for name in names[role]:
                with transaction.atomic():
                    found[name], answer = attempt_outcome(name, browser, row, fields)
                    if name == "change" and found[name] == "o":
                        context = answer.context
                        shown[role] = {*context["form_steps"], *(step.name for step, _url in context["page_steps"])}
                    transaction.set_rollback(True)
            transaction.set_rollback(True)
    return outcomes, shown


def different(
    outcomes: dict[str, dict[str, str]], expected: dict[str, dict[str, str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the outcome and the expected one by role and request, where they differ."""
    pairs = {
        (role, name): (outcomes[role][name], letter) for role in expected for name, letter in expected[role].items()
    }
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _own_item(kind: str, state: str, *, actor: User, writer: User, chief: User) -> tuple[Any, dict[str, Any]]:
    row = make_item(kind, state, actor=actor, writer=writer, chief=chief)
    return row, form_fields(row, staff.sign_in(chief))


# Possible once the form has saved a change: a request for the step alone is refused.
AFTER_SAVING = {("live", "submit"), ("withdrawn", "submit")}
# Allowed, but already done or not needed any more, so that no button is shown.
NEEDLESS = {("approved", "approve"), ("approved", "force")}


def steps_with_a_button(rows: dict[str, dict[str, str]], *, state: str, number: int) -> set[str]:
    """Return the steps that the role with this number in the table may take now or after saving a change."""
    outcomes = {step: rows[f"step {step}"][state][number] for step in STEPS}
    return {
        step
        for step, outcome in outcomes.items()
        if (outcome == "o" and (state, step) not in NEEDLESS) or (outcome == "r" and (state, step) in AFTER_SAVING)
    }


@pytest.mark.parametrize(("kind", "state"), CELLS)
def test_outcomes_are_those_of_the_table_and_buttons_are_shown_exactly_there(kind: str, state: str) -> None:
    all_roles, _states, rows = EXPECTED_OUTCOMES[kind]
    expected = {role: expected_letters(kind, state, role) for role in roles_to_ask(kind, state)}

    outcomes, shown = attempt_outcomes(kind, state, {role: list(letters) for role, letters in expected.items()})

    assert different(outcomes, expected) == {}
    assert shown == {
        role: steps_with_a_button(rows, state=state, number=all_roles.index(role))
        for role, letters in expected.items()
        if letters["change"] == "o"
    }


@pytest.mark.parametrize("kind", TABLES)
def test_table_says_of_each_stage_what_it_says_of_those_asked(kind: str) -> None:
    roles, states, rows = EXPECTED_OUTCOMES[kind]
    viewer, administrator = (roles.index(role) for role in PLAIN_ROLES)
    strongest = roles.index("Philatelist" if kind == "issue" else "Publisher")

    for name, cells in rows.items():
        assert len({cell[viewer] for cell in cells.values()}) == 1, name
        assert [cells[state][administrator] for state in states] == [cells[state][strongest] for state in states], name
        assert not (name in SHARED_RULES and len(set(cells.values())) > 1), name
        for role in set(roles) - {ADMINISTRATOR}:
            asked = [expected_letters(kind, state, role) for state in states if role in roles_to_ask(kind, state)]
            answers = {letters[name] for letters in asked if name in letters}
            assert answers == {cell[roles.index(role)] for cell in cells.values()}, (role, name)


@pytest.mark.parametrize(("kind", "state"), [("article", "draft"), ("page", "live"), ("issue", "draft")])
def test_other_roles_are_denied_everything(kind: str, state: str) -> None:
    """Somebody with all of these roles may do what any of them may, and they have no rights to the kind."""
    outsiders = [role for role in ROLE_NAMES if role not in EXPECTED_OUTCOMES[kind][0]]
    everybody = account("")
    everybody.groups.set(Group.objects.filter(name__in=outsiders))
    writer, chief = staff.account("Author"), account(ADMINISTRATOR)
    row = make_item(kind, state, actor=chief, writer=writer, chief=chief)
    fields, browser, found = form_fields(row, staff.sign_in(chief)), staff.sign_in(everybody), {}

    for name in ATTEMPTS:
        with transaction.atomic():
            found[name], _answer = attempt_outcome(name, browser, row, fields)
            transaction.set_rollback(True)

    assert everybody.get_all_permissions()
    assert found == dict.fromkeys(ATTEMPTS, "x")


@pytest.mark.parametrize("kind", TABLES)
def test_anonymous_users_have_to_log_in(kind: str) -> None:
    chief = account(ADMINISTRATOR)
    row = make_item(kind, "draft", actor=chief, writer=chief, chief=chief)
    fields = form_fields(row, staff.sign_in(chief))

    for outsider in (Client(), staff.sign_in(staff.account(is_staff=False))):
        answers = [attempt(outsider, row, fields) for attempt in ATTEMPTS.values()]
        targets = {(answer.status_code, answer.get("Location", "").partition("?")[0]) for answer in answers}
        assert targets <= {(302, "/admin/login/"), (403, "")}

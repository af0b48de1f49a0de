"""People, organizations, positions and appointments."""

from news.interchange.days_to_come import plan_changes, plan_end
from news.interchange.new_rows import hold_back
from news.models import Appointment, Organization, Person, Position
from postportal.interchange.registers import Part, Register, add_register

add_register(
    Register(
        "people", Person, parts=(Part("names", ("kind", "name", "until_on")),), plan=plan_changes, hold_back=hold_back
    )
)
add_register(
    Register(
        "organizations",
        Organization,
        parts=(
            Part("names", ("kind", "name", "until_on")),
            Part("former_parents", ("parent", "until_on")),
            Part("successor_links", ("successor", "happened_on")),
        ),
        plan=plan_changes,
        hold_back=hold_back,
    )
)
add_register(
    Register(
        "positions",
        Position,
        key="key",
        reference=("organization__slug", "label"),
        parts=(Part("former_labels", ("name", "until_on")),),
        plan=plan_changes,
        hold_back=hold_back,
    )
)
add_register(Register("appointments", Appointment, key="key", reference=("key",), plan=plan_end, together="position"))

"""Stamp issues with their stamps, products, credits and catalogue numbers."""

from postportal.interchange.registers import Part, Register, add_register
from services.models import StampIssue

add_register(
    Register(
        "stamp-issues",
        StampIssue,
        parts=(
            Part("stamps", ("position",)),
            Part("partner_stamps", ("partner", "name")),
            Part("products", ("kind", "name")),
            Part("credits", ("role", "name")),
            Part("catalogue_references", ("catalogue", "number")),
        ),
    )
)

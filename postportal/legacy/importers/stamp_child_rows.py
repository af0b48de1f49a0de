"""Child rows of an imported issue: credits, stamps and first day covers."""

from news.imports.known_names import KnownNames
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.parsing.stamp_facts import StampFacts
from services.models import Credit, Product, Stamp, StampIssue

_MAX_NAME_LENGTH = 160


def add_child_rows(issue: StampIssue, page: LegacyPage, *, names: KnownNames) -> None:
    """Add credits, stamps and covers that the issue does not have yet. Existing rows are never changed."""
    _add_credits(issue, page.stamp or StampFacts(), names=names)
    if page.designs and not issue.stamps.exists():
        Stamp.objects.bulk_create(
            Stamp(issue=issue, position=each.position, name=each.name, denomination=each.denomination)
            for each in page.designs
        )
    is_new = not issue.products.filter(kind=Product.Kind.FIRST_DAY_COVER).exists()
    if page.first_day_covers and is_new:
        contents = f"{page.first_day_covers} covers" if page.first_day_covers > 1 else "1 cover"
        Product.objects.create(issue=issue, kind=Product.Kind.FIRST_DAY_COVER, contents=contents)


def child_rows_of(issue: StampIssue) -> list[list[tuple[object, ...]]]:
    """Return the values of all child rows in a fixed order, for the fingerprint."""
    return [
        list(issue.credits.order_by("role", "name").values_list("role", "name", "person_id", "organization_id")),
        list(issue.stamps.order_by("position").values_list("position", "name", "denomination")),
        list(issue.products.order_by("kind", "name").values_list("kind", "name", "contents", "price")),
    ]


def _add_credits(issue: StampIssue, facts: StampFacts, *, names: KnownNames) -> None:
    printed = [*facts.credits, *([("printer", facts.printer)] if facts.printer else [])]
    filled = set(issue.credits.values_list("role", flat=True))
    for order, (role, name) in enumerate(dict.fromkeys(printed)):
        if role in filled:
            continue
        subject = names.resolve(name)
        Credit.objects.create(
            issue=issue,
            role=role,
            name=name[:_MAX_NAME_LENGTH],
            person_id=subject.pk if subject and subject.is_person else None,
            organization_id=subject.pk if subject and not subject.is_person else None,
            order=order,
        )

"""The time at which a scheduled row becomes public, for those who keep numbers of rows."""

from django.db.models import Case, F, When

from postportal.publishing.models import State


def opening() -> Case:
    """Return the expression for the time; null for a row that was published, whenever that was."""
    return Case(When(state=State.SCHEDULED, then=F("publish_at")))

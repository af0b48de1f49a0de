"""Values of a stamp that differ from those of its issue."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from services.models.stamp import Stamp
from services.models.stamp_issue import StampIssue


def stamp_differences(stamp: Stamp, *, issue: StampIssue) -> list[str]:
    """Return each value that the stamp states itself, in a few words; nothing if it is as its issue says."""
    values = [
        stamp.size if stamp.size != issue.size else "",
        stamp.perforation if stamp.perforation != issue.perforation else "",
        stamp.print_run
        and stamp.print_run != issue.print_run
        and _("Print run %(count)s") % {"count": number_format(stamp.print_run, force_grouping=True)},
        stamp.issued_on and date_format(stamp.issued_on),
        stamp.is_souvenir_sheet and _("Souvenir sheet"),
        stamp.rate_name,
        stamp.currency,
        stamp.se_tenant and _("Se-tenant group %(group)s") % {"group": stamp.se_tenant},
        stamp.variety or (stamp.variety_of_id and _("Variety of another stamp")),
    ]
    return [str(text) for text in values if text]

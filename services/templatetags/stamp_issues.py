"""`{% load stamp_issues %}`: the state and the pictures of a stamp issue on a day."""

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.images.models import Image
from services.models import StampIssue
from services.models.sale_status import SaleStatus

register = template.Library()


@register.filter
def sale_status_on(issue: StampIssue, day: dt.date) -> str:
    """`{{ issue|sale_status_on:portal.today }}`: “On sale”; nothing if it is not known."""
    status = issue.sale_status(day)
    return str(SaleStatus(status).label) if status else ""


@register.filter
def is_upcoming_on(issue: StampIssue, day: dt.date) -> bool:
    return issue.is_upcoming(day)


@register.filter
def row_picture_on(issue: StampIssue, day: dt.date) -> Image | None:
    """`{{ issue|row_picture_on:portal.today }}`: its picture in a list, or None if it has none or its designs are not
    shown yet. Stamps take part if they are loaded as `pictured_stamps`."""
    if issue.holds_back_pictures_on(day):
        return None
    pictures = (stamp.image for stamp in getattr(issue, "pictured_stamps", ()))
    return issue.lead_image or next(pictures, None)


@register.filter
def missing_picture_on(issue: StampIssue, day: dt.date) -> str:
    """`{{ issue|missing_picture_on:portal.today }}`: what is written where a picture is missing."""
    if issue.designs_shown_on and issue.holds_back_pictures_on(day):
        return _("Designs to be revealed on %(day)s") % {"day": date_format(issue.designs_shown_on)}
    return _("Picture to follow")

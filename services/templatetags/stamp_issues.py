"""`{% load stamp_issues %}`: the state of a stamp issue on a day."""

import datetime as dt

from django import template

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

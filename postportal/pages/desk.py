"""What pages put on the staff home, what the staff side finds of them, and where their addresses lead."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from postportal.pages.broken_links import BrokenLinks
from postportal.pages.models import Page
from postportal.publishing.status import status_of
from postportal.richtext import targets
from postportal.staff import boxes
from postportal.staff.findables import Findable, register

boxes.register(BrokenLinks)
# A page that is there in another language only leads to that one.
targets.register("pages:page", rows=Page.objects.reachable, columns={"path": "path"})


@register
class Pages(Findable):
    name, label, model, order = "page", _("Pages"), Page, 30
    columns = ("title", "path")

    def detail(self, row: Page, at: dt.datetime) -> str:
        return f"{status_of(row, at).label}, /{row.path}/"

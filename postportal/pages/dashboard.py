"""Work queue, quick search and link targets of pages."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from postportal.pages.broken_links import BrokenLinks
from postportal.pages.link_checks import external_link_faults, item_link_faults, link_faults
from postportal.pages.models import Page
from postportal.publishing.checks import register_check
from postportal.publishing.workflow.status import status_of
from postportal.richtext import link_targets
from postportal.staff import work_queues
from postportal.staff.quick_search import QuickSearch, register_quick_search

work_queues.register_work_queue(BrokenLinks)
register_check(link_faults, passed=_("Links lead to public pages"))
register_check(external_link_faults, passed=_("Linked sites answered"))
register_check(item_link_faults, passed=_("Linked items are public"), is_told_on_save=True)
# Without the language: a page that exists only in another language redirects there.
link_targets.register_link_target("pages:page", rows=Page.objects.reachable, key_columns={"path": "path"})


@register_quick_search
class PageQuickSearch(QuickSearch):
    name, label, model, order = "page", _("Pages"), Page, 30
    name_fields = ("folded_title", "path")

    def detail(self, row: Page, at: dt.datetime) -> str:
        return f"{status_of(row, at).label}, /{row.path}/"

import datetime as dt

from django.utils.translation import gettext_lazy as _

from postportal.publishing.workflow.status import status_of
from postportal.richtext.link_targets import register_link_target
from postportal.staff.quick_search import QuickSearch, register_quick_search
from tests.docs.tenders.models import Tender

register_link_target(
    "tenders:tender", rows=Tender.objects.reachable, key_columns={"slug": "slug", "language": "language"}
)


@register_quick_search
class TenderQuickSearch(QuickSearch):
    name, label, model, order = "tender", _("Tenders"), Tender, 25

    def detail(self, row: Tender, at: dt.datetime) -> str:
        return str(status_of(row, at).label)

"""Quick search and link target of documents."""

import datetime as dt

from django.utils.translation import gettext_lazy

from postportal.documents.models import Document
from postportal.documents.recording_checks import recording_faults
from postportal.publishing.checks import register_check
from postportal.richtext import link_targets
from postportal.staff import quick_search

# Any document: one that a text links to is public with the text.
link_targets.register_link_target("document", rows=lambda at: Document.objects.all(), key_columns={"pk": "pk"})

register_check(recording_faults, passed=gettext_lazy("Recordings have captions and transcripts"))


@quick_search.register_quick_search
class DocumentQuickSearch(quick_search.QuickSearch):
    name, label, model, order = "document", gettext_lazy("Documents"), Document, 72
    name_fields = ("folded_title", "folded_title_zh")

    def detail(self, row: Document, at: dt.datetime) -> str:
        return row.type_and_size

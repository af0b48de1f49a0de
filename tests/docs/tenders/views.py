import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from postportal.publishing.visibility import public_or_404
from postportal.publishing.workflow.updates import updates_of
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.pagination import PaginationMixin
from postportal.web.request_time import request_time
from tests.docs.tenders.models import Tender, TenderQuerySet


class TenderList(PaginationMixin, ListView):
    template_name = "tenders/tender_list.html"
    context_object_name = "tenders"

    def get_queryset(self) -> TenderQuerySet:
        public = Tender.objects.published(request_time(self.request)).in_language(get_language())
        return public.last_to_close_first().for_lists()


@require_safe
def tender_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = request_time(request)
    tender = public_or_404(request, Tender.objects, language=get_language(), slug=slug)
    trail = [(_("Tenders"), reverse("tenders:tenders"))]
    context = {
        "tender": tender,
        "is_withdrawn": tender.is_withdrawn(at),
        "updates": updates_of(tender),
        "trail": trail,
        "alternates": _alternates(tender, at),
        "json_ld_data": breadcrumb_json_ld(request, [*trail, (tender.title, request.path)]),
    }
    return render(request, "tenders/tender_detail.html", context)


def _alternates(tender: Tender, at: dt.datetime) -> list[tuple[str, str, str]]:
    others: Any = tender.in_other_languages()
    return [
        (row.html_language, row.get_language_display(), row.get_absolute_url())
        for row in others.published(at).order_by("language")
    ]

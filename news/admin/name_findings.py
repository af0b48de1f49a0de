"""Names in articles beside the form of a person: what an article says, and the page on which mentions are confirmed."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from news.models import Article, NameFinding, NameScan, Organization, Person, Position
from news.name_proposals import confirm, dismiss, may_confirm, may_dismiss
from news.name_scans import go_on
from postportal.staff.panels import Panel
from postportal.staff.permissions import can_view, change_url, has_model_permission
from postportal.text.name_search import NamedQuerySet
from postportal.web.row_keys import is_row_key

PER_PAGE = 50
# Characters of the text before and after a name.
AROUND = 90
QUEUES = {NameFinding.Kind.TITLE: "titles-differ", NameFinding.Kind.UNKNOWN: "unknown-people"}


class NameFindingsPanel(Panel):
    def urls(self) -> list[URLPattern]:
        return [
            self.path("findings/<int:key>/dismiss/", require_POST(self.dismiss_view), "dismiss_finding"),
            self.path("<path:object_id>/mentions/", self.mentions_view, "mentions"),
        ]

    def context(self, request: HttpRequest, item: Person | None) -> dict[str, Any]:
        if not can_view(request.user, Article):
            return {}
        context: dict[str, Any] = {}
        if finding := finding_of(request):
            context |= {"finding": finding, "missing": _missing(request.user, finding)}
        if item is not None:
            proposed = NameFinding.objects.proposed_mentions(timezone.now()).filter(person=item)
            context |= {
                "scan": NameScan.objects.filter(person=item).first(),
                "proposed_mentions": proposed.count(),
                "mentions_url": self.url("mentions", item.pk),
            }
        return context

    def dismiss_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Propose it no more, and return to the list."""
        if not may_dismiss(request.user):
            raise PermissionDenied
        finding = get_object_or_404(NameFinding.objects.open(timezone.now()), pk=key)
        dismiss([finding], by=request.user)
        messages.success(request, _("“%(name)s” is no longer proposed.") % {"name": finding.name})
        if finding.kind in QUEUES:
            return HttpResponseRedirect(reverse("admin:work_queue", args=[QUEUES[NameFinding.Kind(finding.kind)]]))
        return HttpResponseRedirect(self.url("mentions", finding.person_id))

    def mentions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the articles that name the person and do not link them, and do what is chosen with them."""
        person = self.model_admin.get_object(request, unquote(object_id))
        if not (self.model_admin.has_view_permission(request, person) and can_view(request.user, Article)):
            raise PermissionDenied
        if person is None:
            raise Http404
        if request.method == "POST":
            self._act(request, person)
            return HttpResponseRedirect(self.url("mentions", person.pk))
        return TemplateResponse(request, "admin/news/person/mentions.html", self._page(request, person))

    def _act(self, request: HttpRequest, person: Person) -> None:
        keys = {int(key) for key in request.POST.getlist("finding") if is_row_key(key)}
        if "go_on" in request.POST:
            scan = NameScan.objects.unfinished().filter(person=person).first()
            if scan:
                go_on(scan.pk)
        elif "link" in request.POST:
            if not may_confirm(request.user):
                raise PermissionDenied
            done, refused = confirm(person, keys, by=request.user)
            text = ngettext("Linked in %(count)s article.", "Linked in %(count)s articles.", len(done))
            if done or not refused:
                messages.success(request, text % {"count": len(done)})
            for article, reasons in refused.items():
                messages.error(request, f"{article}: {' '.join(reasons)}")
        elif "dismiss" in request.POST:
            if not may_dismiss(request.user):
                raise PermissionDenied
            rows = NameFinding.objects.filter(person=person, kind=NameFinding.Kind.MENTION, pk__in=keys)
            count = dismiss(rows, by=request.user)
            text = ngettext("%(count)s proposal dismissed.", "%(count)s proposals dismissed.", count)
            messages.success(request, text % {"count": count})

    def _page(self, request: HttpRequest, person: Person) -> dict[str, Any]:
        rows = NameFinding.objects.proposed_mentions(timezone.now()).filter(person=person).select_related("article")
        page = Paginator(rows.defer("article__body").newest_first(), PER_PAGE).get_page(request.GET.get("page"))
        same_name = type(person).objects.with_name(person.name, person.name_zh).exclude(pk=person.pk)
        return {
            **self.model_admin.admin_site.each_context(request),
            "title": _("%(name)s in the archive") % {"name": person},
            "opts": self.opts,
            "original": person,
            "media": self.model_admin.media,
            "page": page,
            "rows": [(row, *_excerpt(row), change_url(row.article)) for row in page],
            "namesakes": list(same_name.by_name()[:10]),
            "scan": NameScan.objects.filter(person=person).first(),
            "can_link": may_confirm(request.user),
            "can_dismiss": may_dismiss(request.user),
        }


def finding_of(request: HttpRequest) -> NameFinding | None:
    """Return what an article says, with which the form was opened."""
    key, kept = request.GET.get("finding", ""), vars(request)
    if not is_row_key(key):
        return None
    if "_name_finding" not in kept:
        rows = NameFinding.objects.open(timezone.now()).select_related("article", "position__organization")
        kept["_name_finding"] = rows.filter(pk=key).first()
    found: NameFinding | None = kept["_name_finding"]
    return found


def proposed_appointment(request: HttpRequest) -> dict[str, Any] | None:
    """Return the appointment to propose in the form of a person whom an article names in a position, where the form
    is shown. What is posted differs from nothing, so that it is saved."""
    finding = finding_of(request) if request.method == "GET" else None
    if finding is None:
        return None
    position = finding.position or _position_named(finding)
    return {"position": position.pk, "attested_on": finding.article.dateline_on} if position else None


def _organization_named(finding: NameFinding) -> Organization | None:
    found = _one(Organization.objects.with_name(finding.organization))
    return found if isinstance(found, Organization) else None


def _position_named(finding: NameFinding) -> Position | None:
    organization = _organization_named(finding)
    column = "label_zh" if finding.is_chinese else "label"
    rows = Position.objects.filter(organization=organization, **{column: finding.title}) if organization else None
    found = _one(rows) if rows is not None else None
    return found if isinstance(found, Position) else None


def _one(rows: NamedQuerySet) -> Any:
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def _missing(user: Any, finding: NameFinding) -> dict[str, str]:
    """Return where to add the organization or the position first, if the register has neither."""
    if finding.position or _position_named(finding):
        return {}
    organization = _organization_named(finding)
    suffix = "_zh" if finding.is_chinese else ""
    if organization is None and has_model_permission(user, "add", Organization):
        query = urlencode({f"name{suffix}": finding.organization})
        return {"organization": f"{reverse('admin:news_organization_add')}?{query}"}
    if organization is not None and has_model_permission(user, "add", Position):
        query = urlencode({"organization": organization.pk, f"label{suffix}": finding.title})
        return {"position": f"{reverse('admin:news_position_add')}?{query}"}
    return {}


def _excerpt(finding: NameFinding) -> tuple[str, str, str]:
    """Return the text before the name, the name, and the text after it."""
    article = finding.article
    text = " ".join([article.standfirst, *article.body_text.split()])
    place = re.search(re.escape(finding.name), text)
    if place is None:
        return "", finding.name, ""
    before, after = text[: place.start()], text[place.end() :]
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    return before, place[0], after

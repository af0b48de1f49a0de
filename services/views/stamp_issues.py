"""The page of a stamp issue."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Organization, Person
from postportal.documents.withdrawn_documents import documents_of
from postportal.page_cache.recording import narrow
from postportal.publishing.visibility import public_or_404
from postportal.publishing.workflow.updates import Update, updates_of
from postportal.web.json_ld import Trail
from postportal.web.request_time import request_time
from services import json_ld, meta_descriptions
from services.models import Credit, PartnerStamp, Product, Stamp, StampIssue
from services.models.currencies import currency_name, format_money
from services.models.errata import errata_in_words
from services.models.sets_in_words import stamps_heading
from services.stamp_lists import MAKERS, StampList, technique_list

MAX_YEARS = 5
MAX_COVER_STAMPS = 4
# More are shown in a grid of small pictures: twelve large ones are seven screens.
MAX_LARGE_STAMPS = 6


class CreditedName(NamedTuple):
    """A name as printed, and the person or organization whose page it links to."""

    name: str
    subject: Person | Organization | None
    # Of all issues that credit the name.
    url: str


class ErrataOfDay(NamedTuple):
    """Sentences about what a public correction changed."""

    at: dt.datetime
    sentences: list[str]


@require_safe
def issue_detail(request: HttpRequest, slug: str) -> HttpResponse:
    # Tags are those of issues.
    narrow("news.article")
    rows = StampIssue.objects.select_related("lead_image", "issuer").defer("body_text")
    issue = public_or_404(request, rows, prefetch=_related_rows(), slug=slug)
    stamps, updates = list(issue.stamps.all()), updates_of(issue)
    products = list(issue.products.all())
    trail = issue_trail(issue)
    context = {
        "issue": issue,
        "is_withdrawn": issue.is_withdrawn(request_time(request)),
        "updates": updates,
        "errata": errata_of(updates),
        "technique": technique_list(issue),
        "documents": documents_of(issue),
        "description": meta_descriptions.describe_issue(issue),
        "stamps": stamps,
        "is_long_set": len(stamps) > MAX_LARGE_STAMPS,
        "cover_stamps": [stamp for stamp in stamps if stamp.image][:MAX_COVER_STAMPS],
        "trail": trail,
        "stamps_heading": _stamps_heading(issue, stamps),
        "products": products,
        "has_product_contents": any(product.contents for product in products),
        "has_product_prices": any(product.price for product in products),
        "set_price": _set_price(issue, products),
        "currency": currency_name(issue.currency),
        "first_day_label": _("First day of issue").upper(),
        **_credit_context(request, issue),
        **_neighbour_context(request, issue),
        "json_ld_data": json_ld.issue_json_ld(request, issue, issue_credits=list(issue.credits.all()), trail=trail),
    }
    return render(request, "services/stamp_issue.html", context)


def errata_of(updates: list[Update], *, stamp: int | None = None) -> list[ErrataOfDay]:
    """Return what was corrected, the newest first; with `stamp`, of the stamp in this position only."""
    found = [ErrataOfDay(update.at, errata_in_words(update.errata, stamp=stamp)) for update in updates]
    return [errata for errata in found if errata.sentences]


def issue_trail(issue: StampIssue) -> Trail:
    """Return the breadcrumb (label, URL) pairs above the page of an issue."""
    return [
        (_("Stamps"), reverse("services:stamps")),
        (str(issue.year or _("Year not known")), issue.get_programme_url()),
    ]


def prefetch_stamps() -> Prefetch:
    return Prefetch("stamps", queryset=Stamp.objects.select_related("image"))


def _related_rows() -> list[str | Prefetch]:
    issue_credits = Credit.objects.select_related("person", "organization").defer(
        "person__biography",
        "person__biography_text",
        "organization__description",
        "organization__description_text",
    )
    partner_stamps = Prefetch("partner_stamps", queryset=PartnerStamp.objects.select_related("image", "partner"))
    by_name = ["products", "catalogue_references", "partners", "tags"]
    return [prefetch_stamps(), partner_stamps, Prefetch("credits", queryset=issue_credits), *by_name]


def _stamps_heading(issue: StampIssue, stamps: list[Stamp]) -> str:
    is_complete = issue.stamp_count in (None, len(stamps)) and not any(stamp.is_souvenir_sheet for stamp in stamps)
    return stamps_heading(len(stamps)) if is_complete else _("The stamps")


def _set_price(issue: StampIssue, products: list[Product]) -> str:
    """Return the price of the set, else its face value."""
    priced = (product for product in products if product.kind == Product.Kind.SET and product.price)
    priced_set = next(priced, None)
    return format_money(priced_set.price, issue.currency) if priced_set else issue.face_value_text


def _credit_context(request: HttpRequest, issue: StampIssue) -> dict[str, Any]:
    """Return the credited names by role, the issuer and the partners. A name is always shown as printed; it becomes a
    link while its page is public."""
    at = request_time(request)
    names: dict[str, list[CreditedName]] = {}
    for credit in issue.credits.all():
        names.setdefault(credit.get_role_display(), []).append(
            CreditedName(credit.name, credit.public_subject(at), StampList(MAKERS, credit.name, credit.name).url)
        )
    return {
        "credits_by_role": names,
        "issuer": issue.issuer if issue.issuer and issue.issuer.is_visible(at) else None,
        "partners": [partner for partner in issue.partners.all() if partner.is_visible(at)],
        "partner_stamps": [stamp for stamp in issue.partner_stamps.all() if stamp.partner.is_visible(at)],
    }


def _neighbour_context(request: HttpRequest, issue: StampIssue) -> dict[str, Any]:
    """Return the years around that of the issue, and the previous and next issue."""
    public = StampIssue.objects.published(request_time(request))
    counts = public.counts_by_year()
    years = [year for year in counts if year is not None]
    place = years.index(issue.year) if issue.year in years else 0
    first = max(0, min(place - MAX_YEARS // 2, len(years) - MAX_YEARS))
    return {
        "years": years[first : first + MAX_YEARS],
        "first_year": years[-1] if years else None,
        "previous_issue": None,
        "next_issue": None,
        # Sorting the whole catalogue for two rows would take as long as the rest of the page.
        **public.of_years(_years_around(issue.year, counts)).neighbours_of(issue),
    }


def _years_around(year: int | None, counts: dict[int | None, int]) -> list[int | None]:
    """Return the year with its neighbours in the programme, where the unknown year comes last."""
    # A withdrawn issue may be the only one of its year.
    programme = [*sorted({known for known in (*counts, year) if known is not None}), None]
    place = programme.index(year)
    return programme[max(0, place - 1) : place + 2]

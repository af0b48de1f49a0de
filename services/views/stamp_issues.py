"""The stamp programme, an issue, a stamp."""

from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Organization, Person
from postportal.pages.views.errors import gone
from postportal.publishing.workflow.updates import updates_of
from postportal.web.pagination import numbered_page
from postportal.web.request_time import moment
from services import json_ld, meta_descriptions
from services.models import Credit, Product, Stamp, StampIssue
from services.models.currencies import currency_name, money
from services.models.sets_in_words import heading_in_words
from services.models.stamp_issue import StampIssueQuerySet
from services.views.programme_filters import ProgrammeFilters

PER_PAGE = 50
YEARS_BESIDE_AN_ISSUE = 5
STAMPS_IN_FRONT = 4


class Maker(NamedTuple):
    """A name as printed, and whose page it leads to."""

    name: str
    subject: Person | Organization | None


@require_safe
def newest_programme(request: HttpRequest) -> HttpResponse:
    """This year's, or the newest there is."""
    counts = _public(request).counts_by_year()
    this_year = timezone.localtime(moment(request)).year
    newest = next((year for year in counts if year is not None), this_year)
    return _programme(request, this_year if this_year in counts else newest, counts=counts)


@require_safe
def programme_of_year(request: HttpRequest, year: int) -> HttpResponse:
    counts = _public(request).counts_by_year()
    if year not in _years_with_a_page(request, counts):
        raise Http404(_("There is no stamp programme of %(year)s.") % {"year": year})
    return _programme(request, year, counts=counts)


@require_safe
def programme_of_unknown_year(request: HttpRequest) -> HttpResponse:
    return _programme(request, None, counts=_public(request).counts_by_year())


@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(_with_all_its_parts(), slug=slug)
    if not row.has_page(moment(request)):
        return _absent(request, row)
    stamps = list(row.stamps.all())
    products = list(row.products.all())
    context = {
        "issue": row,
        "is_withdrawn": row.is_withdrawn(moment(request)),
        "updates": updates_of(row),
        "description": meta_descriptions.issue(row),
        "stamps": stamps,
        "front": [stamp for stamp in stamps if stamp.image][:STAMPS_IN_FRONT],
        "trail": _trail(row),
        "stamps_heading": _stamps_heading(row, stamps),
        "products": products,
        "has_contents": any(product.contents for product in products),
        "has_prices": any(product.price for product in products),
        "set_price": _set_price(row, products),
        "currency": currency_name(row.currency),
        "first_day": _("First day of issue").upper(),
        **_makers(request, row),
        **_around(request, row),
    }
    context["structured"] = json_ld.issue(request, row, makers=list(row.credits.all()), trail=context["trail"])
    return render(request, "services/stamp_issue.html", context)


@require_safe
def stamp(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    row = get_object_or_404(StampIssue.objects.for_lists().prefetch_related(_stamps(), "tags"), slug=slug)
    if not row.has_page(moment(request)):
        return _absent(request, row)
    stamps = list(row.stamps.all())
    place = next((n for n, stamp in enumerate(stamps) if stamp.position == position), None)
    if place is None:
        raise Http404(_("This issue has no such stamp."))
    context = {
        "issue": row,
        "is_withdrawn": row.is_withdrawn(moment(request)),
        "stamp": stamps[place],
        "description": meta_descriptions.stamp(stamps[place]),
        "stamps": stamps,
        "previous": stamps[place - 1] if place else None,
        "next": stamps[place + 1] if place + 1 < len(stamps) else None,
        "trail": [*_trail(row), (row.display_title, row.get_absolute_url())],
    }
    context["structured"] = json_ld.stamp(request, stamps[place], trail=context["trail"])
    return render(request, "services/stamp.html", context)


def _public(request: HttpRequest) -> StampIssueQuerySet:
    return StampIssue.objects.published(moment(request))


def _trail(row: StampIssue) -> list[tuple[str, str]]:
    return [
        (_("Stamps"), reverse("services:stamps")),
        (str(row.year or _("Year not known")), row.get_programme_url()),
    ]


def _years_around(year: int | None, counts: dict[int | None, int]) -> list[int | None]:
    """The year with those before and after it in the programme, where the unknown year is the last."""
    # A withdrawn issue may be the only one of its year.
    programme = [*sorted({known for known in (*counts, year) if known is not None}), None]
    place = programme.index(year)
    return programme[max(0, place - 1) : place + 2]


def _absent(request: HttpRequest, row: StampIssue) -> HttpResponse:
    if row.is_gone(moment(request)):
        return gone(request, row)
    raise Http404(_("There is no such stamp issue."))


def _years_with_a_page(request: HttpRequest, counts: dict[int | None, int]) -> range:
    """From the first known issue to next year, which may already have been announced; a year between them without
    issues has a page that says so."""
    this_year = timezone.localtime(moment(request)).year
    known = [year for year in counts if year is not None]
    return range(min([*known, this_year]), max([*known, this_year + 1]) + 1)


def _programme(request: HttpRequest, year: int | None, *, counts: dict[int | None, int]) -> HttpResponse:
    issues = _public(request).of_year(year)
    filters = ProgrammeFilters(request.GET)
    rows = filters.narrow(issues).programme_order().for_lists().prefetch_related(_pictured_stamps())
    page = numbered_page(rows, number=request.GET.get("page", ""), per_page=PER_PAGE, query=filters.chosen)
    years = [known for known in counts if known is not None]
    themes = filters.themes(issues)
    trail = [(_("Stamps"), reverse("services:stamps"))]
    context = {
        "year": year,
        "trail": trail,
        "page_obj": page,
        "description": meta_descriptions.programme(year, page.object_list),
        "types": filters.types(issues),
        "themes": themes,
        "active": filters.active(themes),
        "years": [(known, counts[known]) for known in years],
        "has_feed": year is not None and year in counts,
        "unknown_year": counts.get(None, 0),
        "previous": max((known for known in years if year and known < year), default=None),
        "next": min((known for known in years if year and known > year), default=None),
        "structured": json_ld.programme(request, page.object_list, trail=trail),
    }
    return render(request, "services/stamp_programme.html", context)


def _with_all_its_parts() -> StampIssueQuerySet:
    makers = Credit.objects.select_related("person", "organization").defer(
        *("person__biography", "person__biography_text", "organization__description", "organization__description_text")
    )
    parts = ["products", "catalogue_references", "partners", "tags"]
    rows = StampIssue.objects.select_related("lead_image", "issuer").defer("body_text")
    return rows.prefetch_related(_stamps(), Prefetch("credits", queryset=makers), *parts)


def _stamps() -> Prefetch:
    return Prefetch("stamps", queryset=Stamp.objects.select_related("image"))


def _pictured_stamps() -> Prefetch:
    """For rows of issues that have no picture of their own."""
    pictured = Stamp.objects.filter(image__isnull=False).select_related("image")
    return Prefetch("stamps", queryset=pictured, to_attr="pictured_stamps")


def _stamps_heading(row: StampIssue, stamps: list[Stamp]) -> str:
    is_complete = row.stamp_count in (None, len(stamps)) and not any(stamp.is_souvenir_sheet for stamp in stamps)
    return heading_in_words(len(stamps)) if is_complete else _("The stamps")


def _set_price(row: StampIssue, products: list[Product]) -> str:
    of_set = next((product for product in products if product.kind == Product.Kind.SET and product.price), None)
    return money(of_set.price, row.currency) if of_set else row.price


def _makers(request: HttpRequest, row: StampIssue) -> dict[str, Any]:
    """Who made it, role by role. A name is printed as it is; its page is linked once it is public."""
    at = moment(request)
    makers: dict[str, list[Maker]] = {}
    for credit in row.credits.all():
        makers.setdefault(credit.get_role_display(), []).append(Maker(credit.name, credit.subject_at(at)))
    return {
        "makers": makers,
        "issuer": row.issuer if row.issuer and row.issuer.is_visible(at) else None,
        "partners": [partner for partner in row.partners.all() if partner.is_visible(at)],
    }


def _around(request: HttpRequest, row: StampIssue) -> dict[str, Any]:
    """The years next to that of the issue, and the issues beside it."""
    public = _public(request)
    counts = public.counts_by_year()
    years = [year for year in counts if year is not None]
    place = years.index(row.year) if row.year in years else 0
    first = max(0, min(place - YEARS_BESIDE_AN_ISSUE // 2, len(years) - YEARS_BESIDE_AN_ISSUE))
    return {
        "years": years[first : first + YEARS_BESIDE_AN_ISSUE],
        "first_year": years[-1] if years else None,
        "previous": None,
        "next": None,
        # Sorting the whole register for two rows would take as long as the rest of the page.
        **public.of_years(_years_around(row.year, counts)).neighbours_of(row),
    }

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
from postportal.pages.views.errors import item_gone
from postportal.publishing.workflow.updates import updates_of
from postportal.web.pagination import page_or_404
from postportal.web.request_time import request_time
from services import json_ld, meta_descriptions
from services.models import Credit, Product, Stamp, StampIssue
from services.models.currencies import currency_name, format_money
from services.models.sets_in_words import stamps_heading
from services.models.stamp_issue import StampIssueQuerySet
from services.views.programme_filters import ProgrammeFilters

PER_PAGE = 50
MAX_YEARS = 5
MAX_COVER_STAMPS = 4


class CreditedName(NamedTuple):
    """A name as printed, and whose page it leads to."""

    name: str
    subject: Person | Organization | None


@require_safe
def newest_programme(request: HttpRequest) -> HttpResponse:
    """This year's, or the newest there is."""
    counts = _public_issues(request).counts_by_year()
    this_year = timezone.localtime(request_time(request)).year
    newest = next((year for year in counts if year is not None), this_year)
    return _render_programme(request, this_year if this_year in counts else newest, counts=counts)


@require_safe
def programme_of_year(request: HttpRequest, year: int) -> HttpResponse:
    counts = _public_issues(request).counts_by_year()
    if year not in _years_with_page(request, counts):
        raise Http404(_("There is no stamp programme of %(year)s.") % {"year": year})
    return _render_programme(request, year, counts=counts)


@require_safe
def programme_of_unknown_year(request: HttpRequest) -> HttpResponse:
    return _render_programme(request, None, counts=_public_issues(request).counts_by_year())


@require_safe
def issue_detail(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(_for_detail_page(), slug=slug)
    if not row.has_page(request_time(request)):
        return _gone_or_404(request, row)
    stamps = list(row.stamps.all())
    products = list(row.products.all())
    context = {
        "issue": row,
        "is_withdrawn": row.is_withdrawn(request_time(request)),
        "updates": updates_of(row),
        "description": meta_descriptions.describe_issue(row),
        "stamps": stamps,
        "front": [stamp for stamp in stamps if stamp.image][:MAX_COVER_STAMPS],
        "trail": _trail(row),
        "stamps_heading": _stamps_heading(row, stamps),
        "products": products,
        "has_contents": any(product.contents for product in products),
        "has_prices": any(product.price for product in products),
        "set_price": _set_price(row, products),
        "currency": currency_name(row.currency),
        "first_day": _("First day of issue").upper(),
        **_credit_context(request, row),
        **_neighbour_context(request, row),
    }
    context["structured"] = json_ld.issue_json_ld(
        request, row, issue_credits=list(row.credits.all()), trail=context["trail"]
    )
    return render(request, "services/stamp_issue.html", context)


@require_safe
def stamp_detail(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    row = get_object_or_404(StampIssue.objects.for_lists().prefetch_related(_prefetch_stamps(), "tags"), slug=slug)
    if not row.has_page(request_time(request)):
        return _gone_or_404(request, row)
    stamps = list(row.stamps.all())
    place = next((n for n, stamp in enumerate(stamps) if stamp.position == position), None)
    if place is None:
        raise Http404(_("This issue has no such stamp."))
    context = {
        "issue": row,
        "is_withdrawn": row.is_withdrawn(request_time(request)),
        "stamp": stamps[place],
        "description": meta_descriptions.describe_stamp(stamps[place]),
        "stamps": stamps,
        "previous": stamps[place - 1] if place else None,
        "next": stamps[place + 1] if place + 1 < len(stamps) else None,
        "trail": [*_trail(row), (row.display_title, row.get_absolute_url())],
    }
    context["structured"] = json_ld.stamp_json_ld(request, stamps[place], trail=context["trail"])
    return render(request, "services/stamp.html", context)


def _public_issues(request: HttpRequest) -> StampIssueQuerySet:
    return StampIssue.objects.published(request_time(request))


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


def _gone_or_404(request: HttpRequest, row: StampIssue) -> HttpResponse:
    if row.is_gone(request_time(request)):
        return item_gone(request, row)
    raise Http404(_("There is no such stamp issue."))


def _years_with_page(request: HttpRequest, counts: dict[int | None, int]) -> range:
    """From the first known issue to next year, which may already have been announced; a year between them without
    issues has a page that says so."""
    this_year = timezone.localtime(request_time(request)).year
    known = [year for year in counts if year is not None]
    return range(min([*known, this_year]), max([*known, this_year + 1]) + 1)


def _render_programme(request: HttpRequest, year: int | None, *, counts: dict[int | None, int]) -> HttpResponse:
    issues = _public_issues(request).of_year(year)
    filters = ProgrammeFilters(request.GET)
    rows = filters.apply(issues).in_programme_order().for_lists().prefetch_related(_prefetch_pictured_stamps())
    page = page_or_404(rows, number=request.GET.get("page", ""), per_page=PER_PAGE, query=filters.active_values)
    years = [known for known in counts if known is not None]
    themes = filters.theme_links(issues)
    trail = [(_("Stamps"), reverse("services:stamps"))]
    context = {
        "year": year,
        "trail": trail,
        "page_obj": page,
        "description": meta_descriptions.describe_programme(year, page.object_list),
        "types": filters.type_links(issues),
        "themes": themes,
        "active": filters.active_links(themes),
        "years": [(known, counts[known]) for known in years],
        "has_feed": year is not None and year in counts,
        "unknown_year": counts.get(None, 0),
        "previous": max((known for known in years if year and known < year), default=None),
        "next": min((known for known in years if year and known > year), default=None),
        "structured": json_ld.programme_json_ld(request, page.object_list, trail=trail),
    }
    return render(request, "services/stamp_programme.html", context)


def _for_detail_page() -> StampIssueQuerySet:
    makers = Credit.objects.select_related("person", "organization").defer(
        *("person__biography", "person__biography_text", "organization__description", "organization__description_text")
    )
    parts = ["products", "catalogue_references", "partners", "tags"]
    rows = StampIssue.objects.select_related("lead_image", "issuer").defer("body_text")
    return rows.prefetch_related(_prefetch_stamps(), Prefetch("credits", queryset=makers), *parts)


def _prefetch_stamps() -> Prefetch:
    return Prefetch("stamps", queryset=Stamp.objects.select_related("image"))


def _prefetch_pictured_stamps() -> Prefetch:
    """For rows of issues that have no picture of their own."""
    pictured = Stamp.objects.filter(image__isnull=False).select_related("image")
    return Prefetch("stamps", queryset=pictured, to_attr="pictured_stamps")


def _stamps_heading(row: StampIssue, stamps: list[Stamp]) -> str:
    is_complete = row.stamp_count in (None, len(stamps)) and not any(stamp.is_souvenir_sheet for stamp in stamps)
    return stamps_heading(len(stamps)) if is_complete else _("The stamps")


def _set_price(row: StampIssue, products: list[Product]) -> str:
    of_set = next((product for product in products if product.kind == Product.Kind.SET and product.price), None)
    return format_money(of_set.price, row.currency) if of_set else row.face_value_text


def _credit_context(request: HttpRequest, row: StampIssue) -> dict[str, Any]:
    """Who made it, role by role. A name is printed as it is; its page is linked once it is public."""
    at = request_time(request)
    makers: dict[str, list[CreditedName]] = {}
    for credit in row.credits.all():
        makers.setdefault(credit.get_role_display(), []).append(CreditedName(credit.name, credit.public_subject(at)))
    return {
        "makers": makers,
        "issuer": row.issuer if row.issuer and row.issuer.is_visible(at) else None,
        "partners": [partner for partner in row.partners.all() if partner.is_visible(at)],
    }


def _neighbour_context(request: HttpRequest, row: StampIssue) -> dict[str, Any]:
    """The years next to that of the issue, and the issues beside it."""
    public = _public_issues(request)
    counts = public.counts_by_year()
    years = [year for year in counts if year is not None]
    place = years.index(row.year) if row.year in years else 0
    first = max(0, min(place - MAX_YEARS // 2, len(years) - MAX_YEARS))
    return {
        "years": years[first : first + MAX_YEARS],
        "first_year": years[-1] if years else None,
        "previous": None,
        "next": None,
        # Sorting the whole register for two rows would take as long as the rest of the page.
        **public.of_years(_years_around(row.year, counts)).neighbours_of(row),
    }

"""Who is who: the list of people, and one of them."""

from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch
from django.db.models.functions import Substr, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from news import json_ld, listings
from news.filter_forms import PersonFilterForm
from news.models import Appointment, Article, Person
from news.models.person import PersonQuerySet
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.pagination import PaginationMixin
from postportal.web.request_time import request_time

PER_PAGE = 48
MAX_NEWS = 6


class PersonList(PaginationMixin, ListView):
    template_name = "news/person_list.html"
    context_object_name = "people"
    paginate_by = PER_PAGE

    def get_queryset(self) -> PersonQuerySet:
        at = request_time(self.request)
        self.wanted = PersonFilterForm(self.request.GET).active_filters
        self.matching_people = Person.objects.published(at).matching(self.wanted.get("q", ""))
        held = Appointment.objects.published(at).held_on(timezone.localtime(at).date()).for_people()
        current = Prefetch("appointments", queryset=held, to_attr="current_appointments")
        rows = self.matching_people.filter(family_name__istartswith=self.wanted.get("letter", ""))
        return rows.by_name().for_lists().prefetch_related(current)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["page_obj"].query = self.wanted
        initials = groupby(context["people"], key=lambda person: person.family_name[:1].upper())
        return {
            **context,
            "wanted": {"q": "", "letter": "", **self.wanted},
            "is_narrowed": bool(self.wanted),
            "letters": _letter_counts(self.matching_people),
            "by_letter": [(letter, list(rows)) for letter, rows in initials],
            "structured": breadcrumb_json_ld(self.request, [(_("People"), self.request.path)]),
        }


class PersonDetail(DetailView):
    template_name = "news/person_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> PersonQuerySet:
        rows: PersonQuerySet = Person.objects.published(request_time(self.request))
        return rows.select_related("portrait").prefetch_related("names")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, person = request_time(self.request), self.object
        today = timezone.localtime(at).date()
        scope = listings.listing_of_person(person)
        appointments = list(person.appointments.published(at).for_people())
        current = [row for row in appointments if row.is_held_on(today)]
        articles = Article.objects.published(at).in_language(get_language() or "")
        trail = [(_("People"), reverse("news:people"))]
        return {
            **super().get_context_data(**kwargs),
            "scope": scope,
            "trail": trail,
            "description": json_ld.meta_description(
                person.biography_text,
                _("%(name)s: posts, and the news in which the name appears.") % {"name": person.display_name},
            ),
            "current": current,
            "future": [row for row in appointments if row.from_on and row.from_on > today],
            "former": [row for row in appointments if row.ends_before and row.ends_before <= today],
            # One more than is shown tells whether there are more.
            "articles": list(scope.select(articles)[: MAX_NEWS + 1]),
            "shown": MAX_NEWS,
            "structured": [
                json_ld.person_json_ld(self.request, person, appointments=appointments, current_appointments=current),
                breadcrumb_json_ld(self.request, [*trail, (person.display_name, self.request.path)]),
            ],
        }


def _letter_counts(people: PersonQuerySet) -> list[tuple[str, int]]:
    """First letters of family names, with how many people each leads to."""
    rows = people.order_by().values_list(Upper(Substr("family_name", 1, 1))).annotate(Count("pk"))
    return sorted((letter, count) for letter, count in rows if letter.isalpha())

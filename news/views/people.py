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
from news.filter_forms import PeopleForm
from news.models import Appointment, Article, Person
from news.models.person import PersonQuerySet
from postportal.web.json_ld import breadcrumbs
from postportal.web.pagination import NumberedPages
from postportal.web.request_time import moment

PER_PAGE = 48
NEWS = 6


class PersonList(NumberedPages, ListView):
    template_name = "news/person_list.html"
    context_object_name = "people"
    paginate_by = PER_PAGE

    def get_queryset(self) -> PersonQuerySet:
        at = moment(self.request)
        self.wanted = PeopleForm(self.request.GET).wanted
        self.found = Person.objects.published(at).matching(self.wanted.get("q", ""))
        held = Appointment.objects.published(at).on(timezone.localtime(at).date()).for_people()
        current = Prefetch("appointments", queryset=held, to_attr="current_appointments")
        rows = self.found.filter(family_name__istartswith=self.wanted.get("letter", ""))
        return rows.by_name().for_lists().prefetch_related(current)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["page_obj"].query = self.wanted
        initials = groupby(context["people"], key=lambda person: person.family_name[:1].upper())
        return {
            **context,
            "wanted": {"q": "", "letter": "", **self.wanted},
            "is_narrowed": bool(self.wanted),
            "letters": _letters(self.found),
            "by_letter": [(letter, list(rows)) for letter, rows in initials],
            "structured": breadcrumbs(self.request, [(_("People"), self.request.path)]),
        }


class PersonDetail(DetailView):
    template_name = "news/person_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> PersonQuerySet:
        rows: PersonQuerySet = Person.objects.published(moment(self.request))
        return rows.select_related("portrait").prefetch_related("names")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, person = moment(self.request), self.object
        today = timezone.localtime(at).date()
        scope = listings.about_person(person)
        appointments = list(person.appointments.published(at).for_people())
        current = [row for row in appointments if row.is_held_on(today)]
        articles = Article.objects.published(at).in_language(get_language() or "")
        trail = [(_("People"), reverse("news:people"))]
        return {
            **super().get_context_data(**kwargs),
            "scope": scope,
            "trail": trail,
            "description": json_ld.in_short(
                person.biography_text,
                _("%(name)s: posts, and the news in which the name appears.") % {"name": person.display_name},
            ),
            "current": current,
            "future": [row for row in appointments if row.from_on and row.from_on > today],
            "former": [row for row in appointments if row.ends_before and row.ends_before <= today],
            # One more than is shown tells whether there are more.
            "articles": list(scope.of(articles)[: NEWS + 1]),
            "shown": NEWS,
            "structured": [
                json_ld.person(self.request, person, appointments=appointments, current=current),
                breadcrumbs(self.request, [*trail, (person.display_name, self.request.path)]),
            ],
        }


def _letters(people: PersonQuerySet) -> list[tuple[str, int]]:
    """First letters of family names, with how many people each leads to."""
    rows = people.order_by().values_list(Upper(Substr("family_name", 1, 1))).annotate(Count("pk"))
    return sorted((letter, count) for letter, count in rows if letter.isalpha())

"""Pages of people and the list of people by family name."""

from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from news import json_ld, listings
from news.archive import with_kept_count
from news.filter_forms import DayForm, PersonFilterForm
from news.models import Appointment, Person
from news.models.article_count import Facet
from news.models.person import PersonQuerySet
from news.page_facts import facts_of_person
from news.timelines import timeline_of_person
from news.views.appointments import group_appointments
from news.views.days import person_on_day
from news.views.related_news import related_news
from postportal.page_cache.recording import narrow
from postportal.publishing.visibility import public_or_404
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.pagination import PaginationMixin
from postportal.web.request_time import request_time

PER_PAGE = 48


class PersonList(PaginationMixin, ListView):
    template_name = "news/person_list.html"
    context_object_name = "people"
    paginate_by = PER_PAGE

    def get_queryset(self) -> PersonQuerySet:
        at = request_time(self.request)
        self.filters = PersonFilterForm(self.request.GET).active_filters
        people = Person.objects.published(at)
        self.matching_people = people.matching(self.filters.get("q", ""))
        held = Appointment.objects.published(at).held_on(timezone.localdate(at)).for_people()
        current = Prefetch("appointments", queryset=held, to_attr="current_appointments")
        rows = self.matching_people
        if "letter" in self.filters:
            self.filters["letter"] = people.letter_of(self.filters["letter"])
            rows = rows.filter(letter=self.filters["letter"])
        return rows.by_name().for_lists().prefetch_related(current)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["page_obj"].query = self.filters
        initials = groupby(context["people"], key=lambda person: person.letter)
        return {
            **context,
            "filters": {"q": "", "letter": "", **self.filters},
            "is_filtered": bool(self.filters),
            "letter_counts": self.matching_people.letter_counts(),
            "people_by_letter": [(letter, list(rows)) for letter, rows in initials],
            "json_ld_data": breadcrumb_json_ld(self.request, [(_("People"), self.request.path)]),
        }


class PersonDetail(DetailView):
    template_name = "news/person_detail.html"
    context_object_name = "person"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "on" in request.GET:
            return person_on_day(request, self.get_object(), DayForm.of(request))
        return super().get(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Person:
        narrow("news.article")
        # The page of today reads the names with other facts.
        prefetch = ["names"] if "on" in self.request.GET else []
        rows = with_kept_count(Person.objects.select_related("portrait"), facet=Facet.PERSON)
        person: Person = public_or_404(self.request, rows, prefetch=prefetch, slug=self.kwargs["slug"])
        return person

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, person = request_time(self.request), self.object
        listing = listings.listing_of_person(person, kept_count=person.kept_count)
        facts = facts_of_person(person, at=at)
        appointments = list(person.appointments.published(at).for_people())
        by_time = group_appointments(appointments, today=timezone.localdate(at))
        trail = [(_("People"), reverse("news:people"))]
        return {
            **super().get_context_data(**kwargs),
            "trail": trail,
            "description": json_ld.meta_description(
                person.biography_text,
                _("%(name)s: positions and related news.") % {"name": person.display_name},
            ),
            **by_time,
            **facts,
            "timeline": timeline_of_person(person, appointments, today=timezone.localdate(at)),
            **related_news(listing, at=at),
            "json_ld_data": [
                json_ld.person_json_ld(
                    self.request,
                    person,
                    appointments=appointments,
                    current_appointments=by_time["current_appointments"],
                ),
                breadcrumb_json_ld(self.request, [*trail, (person.display_name, self.request.path)]),
            ],
        }

"""All numbers of hotlines in one table, to print and to pin up."""

from itertools import groupby
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.request_time import request_time
from services.models import Hotline, HotlineNumber
from services.views.hotlines import HotlineCard, make_card, time_zone_context


class HotlineRow(NamedTuple):
    """A hotline with the numbers to dial within the country and those to dial abroad. Some are both."""

    card: HotlineCard
    at_home: list[HotlineNumber]
    abroad: list[HotlineNumber]

    @property
    def is_service(self) -> bool:
        """Return True if the hotline has the name of its service."""
        return str(self.card.hotline) == str(self.card.hotline.service)

    @property
    def has_hours(self) -> bool:
        return bool(self.card.hours) or any(line.hours for line in self.card.channels)

    @property
    def has_languages(self) -> bool:
        channels = self.card.hotline.channels.all()
        return bool(self.card.hotline.languages) or any(channel.languages for channel in channels)

    @property
    def has_costs(self) -> bool:
        hotline = self.card.hotline
        return any(row.cost for row in hotline.current_numbers) or any(row.cost for row in hotline.channels.all())


@require_safe
def hotline_numbers(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    day = timezone.localdate(at)
    rows = [_make_row(make_card(row, at)) for row in Hotline.objects.published(at).in_service(day).for_lists()]
    trail = [(_("Services"), reverse("services:services")), (_("Hotlines"), reverse("services:hotlines"))]
    context = {
        "trail": trail,
        "day": day,
        "rows_by_service": [
            (service, list(group)) for service, group in groupby(rows, key=lambda row: row.card.hotline.service)
        ],
        **time_zone_context([row.card for row in rows]),
        "json_ld_data": [breadcrumb_json_ld(request, trail)],
    }
    return render(request, "services/hotline_numbers.html", context)


def _make_row(card: HotlineCard) -> HotlineRow:
    numbers = card.hotline.current_numbers
    at_home = [number for number in numbers if number.scope != HotlineNumber.Scope.ABROAD]
    return HotlineRow(card, at_home, [number for number in numbers if number.is_for_abroad])

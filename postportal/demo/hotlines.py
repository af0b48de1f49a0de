"""Services and hotlines of the demo, with numbers and opening hours."""

import re

from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.directory import DirectoryLoader
from postportal.demo.run import LoadRun
from postportal.pages.models import ServiceNotice
from postportal.richtext.references import reference_to
from services.models import Channel, Holiday, HolidayCalendar, Hotline, HotlineNumber, OpeningHours, Service

HOTLINE_FIELDS = (
    *("purpose", "purpose_zh", "needs", "needs_zh", "note", "note_zh", "languages"),
    *("verified_on", "is_on_every_page", "order"),
)


# The files name hotlines by slug.
_REFERENCE = re.compile(rf'href="{reference_to("")}([a-z][a-z-]*)"')


def refer_to_hotlines(html: str) -> str:
    """Return the text with references to the hotlines that it names."""
    return _REFERENCE.sub(lambda link: f'href="{reference_to(Hotline.objects.get(slug=link[1]).pk)}"', html)


class HotlineLoader:
    def __init__(self, run: LoadRun, directory: DirectoryLoader) -> None:
        self.run = run
        self.directory = directory

    def load(self) -> None:
        content = read_content("services")
        self.services = {entry["slug"]: self._add_service(entry) for entry in content["services"]}
        self.calendars = {entry["name"]: self._add_calendar(entry) for entry in content["calendars"]}
        for entry in content["hotlines"]:
            self._add_hotline(entry)
        for entry in content["notices"]:
            self._add_notice(entry)

    def _add_service(self, entry: ContentEntry) -> Service:
        fields = pick_fields(entry, "name", "name_zh", "summary", "summary_zh", "order")
        fields["organization"] = self.directory.find_organization(entry)
        return self.run.get_or_create(Service, {"slug": entry["slug"]}, fields)[0]

    def _add_hotline(self, entry: ContentEntry) -> None:
        fields = pick_fields(entry, *HOTLINE_FIELDS) | {"service": self.services[entry["service"]]}
        if "holidays" in entry:
            fields["holiday_calendar"] = self.calendars[entry["holidays"]]
        hotline, is_new = self.run.get_or_create(Hotline, {"slug": entry["slug"]}, fields)
        if not is_new:
            return
        for order, number in enumerate(entry.get("numbers", []), start=1):
            HotlineNumber(hotline=hotline, order=order, **number).save()
        for hours in entry.get("hours", []):
            OpeningHours(hotline=hotline, **hours).save()
        for order, channel in enumerate(entry.get("channels", []), start=1):
            Channel(hotline=hotline, order=order, **channel).save()

    def _add_notice(self, entry: ContentEntry) -> None:
        fields = {name: value for name, value in entry.items() if name not in ("text", "services", "fallback_hotline")}
        if "fallback_hotline" in entry:
            fields["fallback_hotline"] = Hotline.objects.get(slug=entry["fallback_hotline"])
        notice, is_new = self.run.get_or_create(ServiceNotice, {"text": entry["text"]}, fields)
        if is_new:
            notice.services.set([self.services[slug] for slug in entry["services"]])

    def _add_calendar(self, entry: ContentEntry) -> HolidayCalendar:
        fields = pick_fields(entry, "name_zh")
        calendar, is_new = self.run.get_or_create(HolidayCalendar, {"name": entry["name"]}, fields)
        for holiday in entry["holidays"] if is_new else ():
            Holiday(calendar=calendar, **holiday).save()
        return calendar

"""Services and hotlines of the demo, with numbers and opening hours."""

import datetime as dt

from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.directory import DirectoryLoader
from postportal.demo.run import LoadRun
from services.models import Hotline, HotlineNumber, OpeningHours, Service

HOTLINE_FIELDS = (
    *("purpose", "purpose_zh", "status", "note", "note_zh", "languages", "languages_zh"),
    *("verified_on", "is_on_every_page", "order"),
)


class HotlineLoader:
    def __init__(self, run: LoadRun, directory: DirectoryLoader) -> None:
        self.run = run
        self.directory = directory

    def load(self) -> None:
        content = read_content("services")
        self.services = {entry["slug"]: self._add_service(entry) for entry in content["services"]}
        for entry in content["hotlines"]:
            self._add_hotline(entry)

    def _add_service(self, entry: ContentEntry) -> Service:
        fields = pick_fields(entry, "name", "name_zh", "summary", "summary_zh", "order")
        fields["organization"] = self.directory.find_organization(entry)
        return self.run.get_or_create(Service, {"slug": entry["slug"]}, fields)[0]

    def _add_hotline(self, entry: ContentEntry) -> None:
        fields = pick_fields(entry, *HOTLINE_FIELDS) | {"service": self.services[entry["service"]]}
        hotline, is_new = self.run.get_or_create(Hotline, {"slug": entry["slug"]}, fields)
        if not is_new:
            return
        for order, number in enumerate(entry.get("numbers", []), start=1):
            HotlineNumber(hotline=hotline, order=order, **number).save()
        for hours in entry.get("hours", []):
            for row in _rows_of_hours(hours):
                OpeningHours(hotline=hotline, **row).save()


def _rows_of_hours(hours: ContentEntry) -> list[ContentEntry]:
    """Return one row for each weekday that the entry names, or one row for its date."""
    times = pick_fields(hours, "is_closed")
    times |= {field: dt.time.fromisoformat(time) for field, time in pick_fields(hours, "opens", "closes").items()}
    return [times | {"weekday": day} for day in hours.get("weekdays", [])] or [times | {"date": hours["on"]}]

import datetime as dt

from postportal.demo.content_files import Entry, pick, read
from postportal.demo.directory import Register
from postportal.demo.run import Run
from services.models import Hotline, HotlineNumber, OpeningHours, Service

FIELDS = (
    *("purpose", "purpose_zh", "status", "note", "note_zh", "languages", "languages_zh"),
    *("verified_on", "is_on_every_page", "order"),
)


class Hotlines:
    def __init__(self, run: Run, register: Register) -> None:
        self.run = run
        self.register = register

    def load(self) -> None:
        content = read("services")
        self.lines = {entry["slug"]: self._service(entry) for entry in content["services"]}
        for entry in content["hotlines"]:
            self._hotline(entry)

    def _service(self, entry: Entry) -> Service:
        fields = pick(entry, "name", "name_zh", "summary", "summary_zh", "order")
        fields["organization"] = self.register.organization(entry)
        return self.run.ensure(Service, {"slug": entry["slug"]}, fields)[0]

    def _hotline(self, entry: Entry) -> None:
        fields = pick(entry, *FIELDS) | {"service": self.lines[entry["service"]]}
        hotline, made = self.run.ensure(Hotline, {"slug": entry["slug"]}, fields)
        if not made:
            return
        for order, number in enumerate(entry.get("numbers", []), start=1):
            HotlineNumber(hotline=hotline, order=order, **number).save()
        for hours in entry.get("hours", []):
            for days in _days(hours):
                OpeningHours(hotline=hotline, **days).save()


def _days(hours: Entry) -> list[Entry]:
    """One row for each day of the week that the entry names, or for its date."""
    times = pick(hours, "is_closed")
    times |= {field: dt.time.fromisoformat(time) for field, time in pick(hours, "opens", "closes").items()}
    return [times | {"weekday": day} for day in hours.get("weekdays", [])] or [times | {"on": hours["on"]}]

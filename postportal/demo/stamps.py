import datetime as dt
from decimal import Decimal

from postportal.demo.content_files import Entry, pick, read
from postportal.demo.directory import Register
from postportal.demo.pictures import Pictures
from postportal.demo.redirects import remember
from postportal.demo.run import Run
from postportal.publishing.models import State
from services.models import CatalogueReference, Credit, Product, Stamp, StampIssue

FIELDS = (
    *("title", "title_zh", "kind", "year", "number", "standfirst", "body", "where_to_buy", "designs_shown_on"),
    *("sale_until", "is_cancelled", "first_day_places", "stamp_count", "souvenir_sheet_count", "size", "perforation"),
    *("process", "sheet_composition", "print_run"),
)
DECIMALS = (
    *("face_value", "price", "denomination", "width_mm", "height_mm"),
    *("perforation_horizontal", "perforation_vertical"),
)


class Stamps:
    def __init__(self, run: Run, pictures: Pictures, register: Register) -> None:
        self.run = run
        self.pictures = pictures
        self.register = register

    def load(self) -> None:
        content = read("stamps")
        for entry in content["issues"]:
            self._issue(entry)
        for entry in content["old_addresses"]:
            remember(self.run, entry)

    def _issue(self, entry: Entry) -> None:
        issue, made = self.run.ensure(StampIssue, {"slug": entry["slug"]}, self._fields(entry))
        if not made:
            return
        issue.tags.add(*entry.get("tags", []))
        issue.partners.set(self.register.organizations[slug] for slug in entry.get("partners", []))
        for stamp in entry.get("stamps", []):
            self._stamp(issue, entry.get("each_stamp", {}) | stamp)
        for credit in entry.get("credits", []):
            subject = {"person": self.register.person(credit), "organization": self.register.organization(credit)}
            Credit(issue=issue, **credit | subject).save()
        for product in entry.get("products", []):
            Product(issue=issue, **exact(product)).save()
        for reference in entry.get("catalogue_references", []):
            CatalogueReference(issue=issue, **reference).save()
        remember(self.run, entry, issue)

    def _fields(self, entry: Entry) -> Entry:
        issued_on = self.run.day_of(entry, "issued")
        fields = pick(entry, *FIELDS) | exact(pick(entry, "face_value")) | {"state": State.PUBLISHED}
        fields |= {"issued_on": issued_on, "issuer": self.register.organization(entry, "issuer")}
        if issued_on and "year" not in entry:
            fields["year"] = issued_on.year
        fields["publish_at"] = self._publish_at(entry, issued_on)
        return fields | {"lead_image": self.pictures.of(entry)}

    def _publish_at(self, entry: Entry, issued_on: dt.date | None) -> dt.datetime:
        if "publish_in_days" in entry:
            return self.run.opening_of(self.run.day_in(entry["publish_in_days"]))
        # An issue is announced before its day.
        return min(self.run.opening_of(issued_on), self.run.now) if issued_on else self.run.now

    def _stamp(self, issue: StampIssue, entry: Entry) -> None:
        self.run.add(Stamp(issue=issue, **exact(entry) | {"image": self.pictures.of(entry)}))


def exact(entry: Entry) -> Entry:
    """Return the entry with its amounts and measures, which are texts in the files, as decimals."""
    return {name: Decimal(value) if name in DECIMALS else value for name, value in entry.items()}

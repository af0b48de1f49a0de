"""Stamp issues of the demo with stamps, credits, products and catalogue numbers."""

import datetime as dt
from decimal import Decimal
from typing import Any

from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.directory import DirectoryLoader
from postportal.demo.pictures import PictureLoader
from postportal.demo.redirects import add_redirect
from postportal.demo.run import LoadRun
from postportal.publishing.models import State
from services.models import CatalogueReference, Credit, PartnerStamp, Product, Stamp, StampIssue

ISSUE_FIELDS = (
    *("title", "title_zh", "kind", "numbering", "series", "year", "number", "standfirst", "body", "where_to_buy"),
    *("sale_until", "is_cancelled", "first_day_places", "stamp_count", "souvenir_sheet_count", "size", "perforation"),
    *("process", "sheet_composition", "print_run", "issued_precision", "currency", "adhesive", "paper", "colours"),
    *("security_features",),
)
DECIMAL_FIELDS = ("face_value", "price", "denomination", "width_mm", "height_mm")


class StampLoader:
    def __init__(self, run: LoadRun, pictures: PictureLoader, directory: DirectoryLoader) -> None:
        self.run = run
        self.pictures = pictures
        self.directory = directory

    def load(self) -> None:
        content = read_content("stamps")
        for entry in content["issues"]:
            self._add_issue(entry)
        for entry in content["old_urls"]:
            add_redirect(self.run, entry)

    def _add_issue(self, entry: ContentEntry) -> None:
        issue, is_new = self.run.get_or_create(StampIssue, {"slug": entry["slug"]}, self._fields(entry))
        if not is_new:
            return
        issue.tags.add(*entry.get("tags", []))
        issue.partners.set(self.directory.organizations[slug] for slug in entry.get("partners", []))
        for stamp in entry.get("stamps", []):
            self._add_stamp(issue, entry.get("each_stamp", {}) | stamp)
        for stamp in entry.get("partner_stamps", []):
            self._add_partner_stamp(issue, stamp)
        for credit in entry.get("credits", []):
            subject = {
                "person": self.directory.find_person(credit),
                "organization": self.directory.find_organization(credit),
            }
            Credit(issue=issue, **credit | subject).save()
        for product in entry.get("products", []):
            Product(issue=issue, **with_decimals(product)).save()
        for reference in entry.get("catalogue_references", []):
            CatalogueReference(issue=issue, **reference).save()
        add_redirect(self.run, entry, issue)

    def _fields(self, entry: ContentEntry) -> ContentEntry:
        issued_on = self.run.date_of(entry, "issued")
        fields = (
            pick_fields(entry, *ISSUE_FIELDS)
            | with_decimals(pick_fields(entry, "face_value"))
            | {"state": State.PUBLISHED}
        )
        fields |= {"designs_shown_on": self.run.date_of(entry, "designs_shown")}
        fields |= {"issued_on": issued_on, "issuer": self.directory.find_organization(entry, "issuer")}
        if issued_on and "year" not in entry:
            fields["year"] = issued_on.year
        fields["publish_at"] = self._publish_at(entry, issued_on)
        return fields | {"lead_image": self.pictures.image_for(entry)}

    def _publish_at(self, entry: ContentEntry, issued_on: dt.date | None) -> dt.datetime:
        if "publish_in_days" in entry:
            return self.run.opening_time_on(self.run.date_in(entry["publish_in_days"]))
        # An issue is announced before its date of issue.
        return min(self.run.opening_time_on(issued_on), self.run.now) if issued_on else self.run.now

    def _add_stamp(self, issue: StampIssue, entry: ContentEntry) -> None:
        links: dict[str, Any] = {"image": self.pictures.image_for(entry)}
        if "variety_of" in entry:
            links["variety_of"] = issue.stamps.get(position=entry["variety_of"])
        self.run.add(Stamp(issue=issue, **with_decimals(entry) | links))

    def _add_partner_stamp(self, issue: StampIssue, entry: ContentEntry) -> None:
        partner = self.directory.organizations[entry["partner"]]
        values = with_decimals({name: value for name, value in entry.items() if name != "image"})
        PartnerStamp(issue=issue, **values | {"partner": partner, "image": self.pictures.image_for(entry)}).save()


def with_decimals(entry: ContentEntry) -> ContentEntry:
    """Return the entry with amounts and measurements, which are strings in the files, as decimals."""
    return {name: Decimal(value) if name in DECIMAL_FIELDS else value for name, value in entry.items()}

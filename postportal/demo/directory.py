"""Directory of the demo: organizations, people, positions and appointments."""

from news.models import (
    Appointment,
    Handover,
    Organization,
    OrganizationName,
    Person,
    PersonName,
    PlannedChange,
    Position,
    PositionLabel,
    Succession,
)
from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.pictures import PictureLoader
from postportal.demo.run import LoadRun


class DirectoryLoader:
    def __init__(self, run: LoadRun, pictures: PictureLoader) -> None:
        self.run = run
        self.pictures = pictures
        self.organizations: dict[str, Organization] = {}
        self.people: dict[str, Person] = {}
        self.positions: dict[str, Position] = {}

    def load(self) -> None:
        content = read_content("organizations")
        for entry in content["organizations"]:
            self.organizations[entry["slug"]] = self._add_organization(entry)
        for entry in content["successions"]:
            self._add_succession(entry)
        content = read_content("people")
        for entry in content["positions"]:
            self.positions[entry["key"]] = self._add_position(entry)
        for entry in content["people"]:
            self.people[entry["slug"]] = self._add_person(entry)
        for entry in content["handovers"]:
            self._add_handover(entry)
        for entry in content["planned_changes"]:
            self._add_planned_change(entry)

    def find_organization(self, entry: ContentEntry, field: str = "organization") -> Organization | None:
        return self.organizations[entry[field]] if field in entry else None

    def find_person(self, entry: ContentEntry) -> Person | None:
        return self.people[entry["person"]] if "person" in entry else None

    def _add_organization(self, entry: ContentEntry) -> Organization:
        fields = pick_fields(entry, "name", "name_zh", "abbreviation", "kind", "founded_on", "description")
        fields["parent"] = self.find_organization(entry, "parent")
        organization, is_new = self.run.get_or_create(Organization, {"slug": entry["slug"]}, fields)
        for name in entry.get("names", []) if is_new else []:
            OrganizationName(organization=organization, **name).save()
        return organization

    def _add_succession(self, entry: ContentEntry) -> None:
        ends = {end: self.organizations[entry[end]] for end in ("predecessor", "successor")}
        self.run.get_or_create(Succession, ends, pick_fields(entry, "kind", "happened_on"))

    def _add_position(self, entry: ContentEntry) -> Position:
        key = {"organization": self.organizations[entry["organization"]], "label": entry["label"]}
        position, is_new = self.run.get_or_create(Position, key, pick_fields(entry, "label_zh", "rank", "seats"))
        for label in entry.get("former_labels", []) if is_new else []:
            PositionLabel(position=position, **label).save()
        return position

    def _add_person(self, entry: ContentEntry) -> Person:
        names = ("family_name", "second_family_name", "given_name", "patronymic", "honorific", "name_order", "name_zh")
        fields = pick_fields(entry, *names, "biography")
        fields["portrait"] = self.pictures.image_for(entry, "portrait")
        person, is_new = self.run.get_or_create(Person, {"slug": entry["slug"]}, fields)
        if is_new:
            self._add_names_and_appointments(person, entry)
        return person

    def _add_names_and_appointments(self, person: Person, entry: ContentEntry) -> None:
        for name in entry.get("names", []):
            PersonName(person=person, **name).save()
        for appointment in entry.get("appointments", []):
            position = self.positions[appointment["position"]]
            self.run.add(Appointment(**appointment | {"person": person, "position": position}))

    def _add_handover(self, entry: ContentEntry) -> None:
        position = self.positions[entry["position"]]
        leaving = position.appointments.filter(person=self.people[entry["leaving"]]).order_by("-held_from").first()
        row = Handover(
            position=position,
            leaving=leaving,
            last_day=self.run.date_of(entry, "last_day"),
            acting=self.people[entry["acting"]],
            comes=self.people[entry["comes"]],
            first_day=self.run.date_of(entry, "first_day"),
            publish_at=self.run.opening_time_on(self.run.date_in(entry["public_in_days"])),
        )
        row.set_proposed_day()
        if not Handover.objects.filter(position=position).exists():
            self.run.add(row)

    def _add_planned_change(self, entry: ContentEntry) -> None:
        fields = pick_fields(entry, "new_name", "new_name_zh")
        fields["takes_effect_on"] = self.run.date_of(entry, "takes_effect")
        key = {"organization": self.organizations[entry["organization"]]}
        self.run.get_or_create(PlannedChange, key, fields | {"publish_at": self.run.now})

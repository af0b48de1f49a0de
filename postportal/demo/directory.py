"""The register of the demo: organizations, people, positions and who holds them."""

from news.models import Appointment, Organization, OrganizationName, Person, PersonName, Position, Succession
from postportal.demo.content_files import Entry, pick, read
from postportal.demo.pictures import Pictures
from postportal.demo.run import Run


class Register:
    def __init__(self, run: Run, pictures: Pictures) -> None:
        self.run = run
        self.pictures = pictures
        self.organizations: dict[str, Organization] = {}
        self.people: dict[str, Person] = {}
        self.positions: dict[str, Position] = {}

    def load(self) -> None:
        content = read("organizations")
        for entry in content["organizations"]:
            self.organizations[entry["slug"]] = self._organization(entry)
        for entry in content["successions"]:
            self._succession(entry)
        content = read("people")
        for entry in content["positions"]:
            self.positions[entry["key"]] = self._position(entry)
        for entry in content["people"]:
            self.people[entry["slug"]] = self._person(entry)

    def organization(self, entry: Entry, field: str = "organization") -> Organization | None:
        return self.organizations[entry[field]] if field in entry else None

    def person(self, entry: Entry) -> Person | None:
        return self.people[entry["person"]] if "person" in entry else None

    def _organization(self, entry: Entry) -> Organization:
        fields = pick(entry, "name", "name_zh", "abbreviation", "kind", "founded_on", "description")
        fields["parent"] = self.organization(entry, "parent")
        organization, made = self.run.ensure(Organization, {"slug": entry["slug"]}, fields)
        for name in entry.get("names", []) if made else []:
            OrganizationName(organization=organization, **name).save()
        return organization

    def _succession(self, entry: Entry) -> None:
        ends = {end: self.organizations[entry[end]] for end in ("predecessor", "successor")}
        self.run.ensure(Succession, ends, pick(entry, "kind", "happened_on"))

    def _position(self, entry: Entry) -> Position:
        key = {"organization": self.organizations[entry["organization"]], "label": entry["label"]}
        return self.run.ensure(Position, key, pick(entry, "label_zh", "rank", "seats"))[0]

    def _person(self, entry: Entry) -> Person:
        fields = pick(entry, "family_name", "given_name", "name_order", "name_zh", "biography")
        fields["portrait"] = self.pictures.of(entry, "portrait")
        person, made = self.run.ensure(Person, {"slug": entry["slug"]}, fields)
        if made:
            self._names_and_posts(person, entry)
        return person

    def _names_and_posts(self, person: Person, entry: Entry) -> None:
        for name in entry.get("names", []):
            PersonName(person=person, **name).save()
        for appointment in entry.get("appointments", []):
            position = self.positions[appointment["position"]]
            self.run.add(Appointment(**appointment | {"person": person, "position": position}))

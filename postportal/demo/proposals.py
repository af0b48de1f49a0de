"""Proposals that wait for a second person: a new person, and a hotline on every page."""

from django.contrib.auth.models import User

from news.models import Person
from postportal.demo.content_files import pick_fields, read_content
from postportal.publishing.models import Edition
from postportal.publishing.versions import snapshots
from postportal.publishing.workflow import proposals, proposed_rows
from services.models import Hotline


def load_proposals() -> None:
    """Propose what nobody has proposed yet."""
    content = read_content("workflow")
    for entry in content["proposed_people"]:
        if not Edition.objects.of_model(Person).exists():
            with snapshots.dry_run():
                person = Person.objects.create(**pick_fields(entry, "family_name", "given_name", "biography"))
                proposed = proposed_rows.full_content(person)
            row = proposed_rows.row_with(Person, proposed_rows.new_key(), proposed)
            proposals.propose(row, proposed, by=User.objects.get(username=entry["by"]), note=entry["note"])
    for entry in content["proposed_hotlines"]:
        hotline = Hotline.objects.filter(slug=entry["slug"]).first()
        if hotline is not None and not Edition.objects.of(hotline).exists():
            changed = proposals.proposed_content(hotline, None)
            changed["fields"] |= pick_fields(entry, "note", "note_zh")
            proposals.propose(
                hotline, changed, by=User.objects.get(username=entry["by"]), note=entry["note_to_colleagues"]
            )

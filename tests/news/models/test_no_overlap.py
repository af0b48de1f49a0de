from django.db.migrations.writer import MigrationWriter

from news.models import Appointment
from news.models.no_overlap import NoOverlap
from postportal.staff.database_rules import constraint_message


def test_migration_can_write_the_constraint() -> None:
    rule = NoOverlap(key=["position", "person"], condition="is_sole", name="once")
    text, imports = MigrationWriter.serialize(rule)

    assert text == "news.models.no_overlap.NoOverlap(condition='is_sole', key=['position', 'person'], name='once')"
    assert imports == {"import news.models.no_overlap"}
    assert rule == rule.clone()
    assert rule != NoOverlap(key=["position"], name="once")


def test_every_rule_has_words_for_editors() -> None:
    rules = [rule for rule in Appointment._meta.constraints if isinstance(rule, NoOverlap)]

    assert len(rules) == 2
    assert all(constraint_message(Appointment, rule).endswith(".") for rule in rules)

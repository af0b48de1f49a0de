from services.models import OpeningHours
from services.models.hours_field import HoursFormField


def test_form_shows_hours_in_words_and_reads_them_again() -> None:
    field = HoursFormField()

    assert field.prepare_value("Mo-Fr 09:00-17:00") == "Mon–Fri 09:00–17:00"
    assert field.prepare_value("whenever") == "whenever"
    assert field.clean("Mon–Fri 9–17") == "Mo-Fr 09:00-17:00"
    assert not field.has_changed("Mo-Fr 09:00-17:00", "mon-fri 9-17")
    assert field.has_changed("Mo-Fr 09:00-17:00", "whenever")


def test_hours_are_stored_in_one_spelling() -> None:
    row = OpeningHours(hours="Monday 9am to 5pm")

    assert OpeningHours._meta.get_field("hours").pre_save(row, add=True) == row.hours == "Mo 09:00-17:00"

import pytest
from django.core.exceptions import ValidationError

from postportal.interchange.merging import MergedContent
from postportal.interchange.planning import set_aside_held
from postportal.interchange.reading import read_file
from postportal.interchange.records import contents_of
from postportal.interchange.references import References
from postportal.interchange.registers import register_named
from tests.factories import news
from tests.postportal.interchange.test_hostile_files import file_of

pytestmark = pytest.mark.django_db


def test_what_is_held_back_and_not_planned_is_refused_and_not_lost() -> None:
    """The row has another name than the one that ends ahead, so that no plan can say it."""
    row, register = news.organization("Other", slug="mail"), register_named("organizations")
    former = {"kind": "former", "name": "Mail", "until_on": "2999-01"}
    [record] = read_file(register, file_of("organizations", {"slug": "mail", "names": [former]}), name="file.json")
    current = contents_of([row])[row.pk]
    merged = MergedContent(register, current=current, references=References())
    merged.merge(record)

    with pytest.raises(ValidationError, match="This day is in the future"):
        set_aside_held(row, merged, current=current)

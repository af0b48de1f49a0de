import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from postportal.web.row_keys import RowsField

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["9223372036854775808", "9" * 400, "-1", "1.5", "one", "١"])
def test_what_cannot_be_a_key_is_refused_in_words(key: str) -> None:
    with pytest.raises(ValidationError) as refused:
        RowsField(Group.objects.all()).clean([key])

    assert refused.value.messages == [f"“{key}” is not a valid value."]


def test_rows_are_found_by_their_keys() -> None:
    group = Group.objects.create(name="Couriers")

    assert list(RowsField(Group.objects.all()).clean([str(group.pk)])) == [group]
    assert list(RowsField(Group.objects.all(), required=False).clean([])) == []

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError

from news.models import SectionRight
from news.models.section_right import section_keys_of
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_account_is_limited_to_its_sections_which_cannot_be_deleted() -> None:
    section, user = news.section("Messages"), staff.account("Editor")
    assert section_keys_of(user) is None

    SectionRight.objects.create(user=user, section=section)

    # Remembered for a request, like permissions.
    assert section_keys_of(user) is None
    assert section_keys_of(User.objects.get(pk=user.pk)) == {section.pk}
    with pytest.raises(ProtectedError):
        section.delete()
    user.delete()
    section.delete()

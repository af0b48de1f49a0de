import pytest
from django.utils import timezone

from postportal.pages.models import ContactMessage
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_unanswered_leaves_out_answered_messages() -> None:
    open_message = pages.contact_message()
    pages.contact_message(answered_at=timezone.now())

    assert list(ContactMessage.objects.unanswered()) == [open_message]


def test_message_is_named_after_sender_and_topic() -> None:
    assert str(pages.contact_message(name="Li Na", topic="stamps")) == "Li Na: Stamps and collecting"

from typing import Any

import pytest
from django.urls import reverse

from postportal.pages.models import ContactMessage
from tests.factories import pages, staff

pytestmark = pytest.mark.django_db


def messages(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_message_is_read_and_marked_as_answered() -> None:
    message = pages.contact_message(message="Where is\nmy <b>parcel</b>?")
    browser = staff.sign_in(role="Service desk")
    changelist = reverse("admin:pages_contactmessage_changelist")

    page = browser.get(reverse("admin:pages_contactmessage_change", args=[message.pk])).content.decode()
    answer = browser.post(changelist, {"action": "mark_as_answered", "_selected_action": [message.pk]}, follow=True)
    again = browser.post(changelist, {"action": "mark_as_answered", "_selected_action": [message.pk]}, follow=True)

    assert "Where is<br>my &lt;b&gt;parcel&lt;/b&gt;?" in page
    assert messages(answer) == ["1 message marked as answered."]
    assert messages(again) == ["0 messages marked as answered."]
    assert ContactMessage.objects.get().answered_at is not None


def test_message_cannot_be_edited_or_added() -> None:
    message = pages.contact_message()
    browser = staff.sign_in()

    browser.post(reverse("admin:pages_contactmessage_change", args=[message.pk]), {"message": "Praise", "name": "X"})

    message.refresh_from_db()
    assert (message.message, message.name) == ("Where is my parcel?", "Li Na")
    assert browser.get(reverse("admin:pages_contactmessage_add")).status_code == 403


@pytest.mark.parametrize(("answer", "count"), [("waiting", 1), ("answered", 0), ("nonsense", 1)])
def test_messages_are_filtered_by_answer(answer: str, count: int) -> None:
    pages.contact_message()

    listed = staff.sign_in().get(reverse("admin:pages_contactmessage_changelist"), {"answer": answer})

    assert len(listed.context["cl"].result_list) == count

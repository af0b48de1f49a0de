import datetime as dt
import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from postportal.pages.models import ContactMessage
from postportal.pages.views.contact import MAX_MESSAGES_PER_HOUR
from tests.caches import DEAD_CACHE
from tests.factories import pages, services
from tests.postportal.pages.test_forms import NOW, VALID_DATA

pytestmark = pytest.mark.django_db


def open_form(client: Client, url: str = "/contact/", *, at: dt.datetime = NOW) -> dict[str, str]:
    """Return the hidden fields of the form opened at this time."""
    with time_machine.travel(at, tick=False):
        return hidden_fields(client.get(url))


def hidden_fields(response: HttpResponse) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()))


def send(client: Client, url: str = "/contact/", *, after: float = 60, **data: str) -> Any:
    fields = {**VALID_DATA, "started": open_form(client, url)["started"], **data}
    with time_machine.travel(NOW + dt.timedelta(seconds=after), tick=False):
        return client.post(url, fields)


def summary(response: HttpResponse) -> list[tuple[str, str]]:
    """Return the errors at the top of the page, each with the ID of the field it links to."""
    (alert,) = re.findall(r'role="alert".*?</ul>', response.content.decode())
    return [(field, unescape(text)) for field, text in re.findall(r'<li>(?:<a href="#(\w+)">)?([^<]+)', alert)]


def test_page_shows_response_time_and_other_contacts(client: Client) -> None:
    pages.site_settings(answer_days=2, contact_address="1 Bell Tower Road\n100001 Yunhai Central")
    services.short_code_number(services.hotline("Parcels", is_on_every_page=True), short_code="11185")

    page = client.get("/contact/").content.decode()

    assert '<p class="standfirst">We reply within 2 working days.</p>' in page
    assert re.findall(r'By telephone</h2>.*?href="(tel:\d+)"', page) == ["tel:11185"]
    assert "<address>Yunhai Post<br>1 Bell Tower Road<br>100001 Yunhai Central</address>" in page
    assert "desk@post.example" not in page


def test_message_is_stored_and_mailed(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    pages.site_settings(contact_email="desk@post.example")

    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, message="Where is <my> parcel?")

    stored = ContactMessage.objects.values("topic", "name", "email", "message", "language").get()
    thanks = client.get(response.headers["Location"])
    assert stored == {**VALID_DATA, "message": "Where is <my> parcel?", "language": "en"}
    assert (response.status_code, response.headers["Location"]) == (302, "/contact/sent/")
    assert re.findall("<h1[^>]*>(.*?)</h1>", thanks.content.decode()) == ["Thank you for your message"]
    assert [message.to for message in mail.outbox] == [["desk@post.example"]]


def test_chinese_form_leads_to_the_chinese_page(client: Client) -> None:
    response = send(client, "/zh-hans/contact/", name="李娜", message="我的包裹在哪里？")

    assert response.headers["Location"] == "/zh-hans/contact/sent/"
    assert ContactMessage.objects.values_list("name", "language").get() == ("李娜", "zh-hans")


def test_errors_are_listed_and_the_input_is_kept(client: Client) -> None:
    response = send(client, name="", email="na@", message='"><script>alert(1)</script>')
    page = response.content.decode()

    assert (response.status_code, ContactMessage.objects.count()) == (422, 0)
    assert summary(response) == [
        ("id_name", "Enter your name"),
        ("id_email", "Enter an email address in the correct format, like name@example.org"),
    ]
    assert page.index("<title>Error: Contact us") < page.index('role="alert"') < page.index("<h1")
    assert 'aria-invalid="true" aria-describedby="id_name_error" id="id_name"' in page
    assert (
        '<p class="field-error" id="id_email_error"><span class="visually-hidden">Error:</span> Enter an email' in page
    )
    assert 'value="na@"' in page
    assert '<option value="post" selected>' in page
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in page


def test_form_sent_too_quickly_can_be_sent_again(client: Client) -> None:
    refused = send(client, after=1)
    again = {**VALID_DATA, "started": hidden_fields(refused)["started"]}
    with time_machine.travel(NOW + dt.timedelta(seconds=5), tick=False):
        accepted = client.post("/contact/", again)

    assert summary(refused) == [("", "The form was sent too quickly. Send it again")]
    assert (refused.status_code, accepted.status_code, ContactMessage.objects.count()) == (422, 302, 1)


@pytest.mark.parametrize("first", [{"email": "na@"}, {"topic": ""}])
def test_one_field_can_be_corrected_in_a_moment(client: Client, first: dict[str, str]) -> None:
    refused = send(client, after=10, **first)
    again = {**VALID_DATA, "started": hidden_fields(refused)["started"]}
    with time_machine.travel(NOW + dt.timedelta(seconds=11), tick=False):
        accepted = client.post("/contact/", again)

    assert (refused.status_code, accepted.status_code) == (422, 302)


def test_honeypot_is_hidden_until_it_is_filled_in(client: Client) -> None:
    clean, refused = client.get("/contact/").content.decode(), send(client, homepage="https://spam.example")

    assert '<div class="honeypot" aria-hidden="true">' in clean
    assert (refused.status_code, ContactMessage.objects.count()) == (422, 0)
    assert summary(refused) == [("id_homepage", "Leave the last field blank. It is there only to stop robots")]
    assert 'class="honeypot"' not in refused.content.decode()


def test_rate_limit_is_per_client(client: Client) -> None:
    answers = [send(client) for _ in range(MAX_MESSAGES_PER_HOUR + 1)]
    other = Client(REMOTE_ADDR="192.0.2.77")

    assert [answer.status_code for answer in answers] == [302] * MAX_MESSAGES_PER_HOUR + [429]
    assert answers[-1].headers["Retry-After"] == "3600"
    assert "Where is my parcel?</textarea>" in answers[-1].content.decode()
    assert send(other).status_code == 302
    assert ContactMessage.objects.count() == MAX_MESSAGES_PER_HOUR + 1


def test_messages_are_accepted_without_a_cache(client: Client, settings: Settings) -> None:
    settings.CACHES = DEAD_CACHE

    assert [send(client).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "x-nonsense", "zip_codec", "'", "base64_codec"])
def test_unsupported_charset_is_refused(client: Client, charset: str) -> None:
    client.get("/contact/")

    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    response = client.generic("POST", "/contact/", b"name=%FF%FE", content_type=content_type)

    assert response.status_code == 415


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe=\x00", b"name[]=1&name=%00", b"a=" + b"&b=" * 500, b"message=%ED%A0%80"]
)
def test_invalid_bytes_are_no_server_error(client: Client, body: bytes) -> None:
    response = client.post("/contact/", body, content_type="application/x-www-form-urlencoded")

    assert (response.status_code, ContactMessage.objects.count()) == (422, 0)


def test_lone_surrogates_are_replaced(client: Client) -> None:
    started = quote(open_form(client)["started"])
    body = f"topic=post&name=Li&email=a@b.example&message=%ED%A0%80&started={started}"

    with time_machine.travel(NOW + dt.timedelta(seconds=60), tick=False):
        response = client.post("/contact/", body.encode(), content_type="application/x-www-form-urlencoded")

    assert (response.status_code, ContactMessage.objects.get().message) == (302, "\ufffd" * 3)


def test_only_the_form_sets_a_csrf_cookie(client: Client) -> None:
    form, thanks = client.get("/contact/"), Client().get("/contact/sent/")

    assert (list(form.cookies), form.headers["Vary"]) == (["csrftoken"], "Cookie")
    assert (thanks.cookies, thanks.headers.get("Vary")) == ({}, None)
    assert ["no-store" in response.headers["Cache-Control"] for response in (form, thanks)] == [True, True]


def test_csrf_token_is_required() -> None:
    client = Client(enforce_csrf_checks=True)
    fields = open_form(client)

    with time_machine.travel(NOW + dt.timedelta(seconds=60), tick=False):
        without = client.post("/contact/", {**VALID_DATA, "started": fields["started"]})
        with_it = client.post("/contact/", {**VALID_DATA, **fields})

    assert (without.status_code, with_it.status_code) == (403, 302)

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from news.models import Article
from postportal.audit.actions import Action
from postportal.audit.current_request import current_request
from postportal.audit.log import log_action, log_actions
from postportal.audit.models import Entry
from postportal.audit.verification import verify_chain
from tests.factories import audit, news, staff

pytestmark = pytest.mark.django_db


def request_by(user: Any, **meta: Any) -> Any:
    request = RequestFactory().get("/admin/", **{"REMOTE_ADDR": "192.0.2.1", **meta})
    request.user = user
    return request


def stored_fields(entry: Entry) -> dict[str, Any]:
    row = Entry.objects.filter(pk=entry.pk).values().get()
    chain = {"number", "at", "previous_hash", "hash"}
    return {name: value for name, value in row.items() if name not in chain}


def test_entry_stores_actor_action_item_and_ip_address() -> None:
    user, article = staff.account("Editor", username="li"), news.article("Night mail")

    entry = log_action(Action.PUBLISH, request=request_by(user), item=article, detail="Published.")

    assert stored_fields(entry) == {
        "action": "publish",
        "actor_id": user.pk,
        "actor_name": "li",
        "item_label": "news.article",
        "item_key": str(article.pk),
        "item_name": "Night mail",
        "detail": "Published.",
        "address": "192.0.2.1",
    }


def test_entry_outlives_account_and_item() -> None:
    user, article = staff.account("Editor", username="li"), news.article("Night mail")
    entry = log_action(Action.PUBLISH, user=user, item=article)
    before = stored_fields(entry)

    article.delete()
    user.delete()

    assert stored_fields(entry) == before
    verify_chain()


def test_entry_of_a_command_has_no_actor() -> None:
    row = stored_fields(log_action(Action.DELETE))

    assert (row["actor_id"], row["actor_name"], row["address"], row["item_label"]) == (None, "", "", "")


def test_anonymous_user_is_not_an_actor() -> None:
    row = stored_fields(log_action(Action.REFUSAL, request=request_by(AnonymousUser())))

    assert (row["actor_id"], row["actor_name"], row["address"]) == (None, "", "192.0.2.1")


def test_given_user_overrides_the_user_of_the_request() -> None:
    row = stored_fields(log_action(Action.LOGIN, request=request_by(AnonymousUser()), user=User(pk=7, username="li")))

    assert (row["actor_id"], row["actor_name"]) == (7, "li")


def test_current_request_is_the_default() -> None:
    token = current_request.set(request_by(User(pk=7, username="li")))
    try:
        row = stored_fields(log_action(Action.WITHDRAW))
    finally:
        current_request.reset(token)

    assert (row["actor_name"], row["address"]) == ("li", "192.0.2.1")


def test_item_may_be_a_model() -> None:
    row = stored_fields(log_action(Action.EXPORT, item=Article))

    assert (row["item_label"], row["item_key"], row["item_name"]) == ("news.article", "", "")


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.5", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
        ("10.0.0.5", "x" * 100, "x" * 44 + "…"),
        ("10.0.0.5", "one\x1btwo", r"one\x1btwo"),
    ],
)
def test_ip_address_is_the_one_a_trusted_proxy_names(
    remote: str, forwarded: str, found: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    request = request_by(AnonymousUser(), REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)

    assert stored_fields(log_action(Action.LOGIN_FAILED, request=request))["address"] == found


@pytest.mark.parametrize("text", ["one\ntwo\r\0", "\ud800\u202e", "x" * 3000, "\\n", "夜" * 2001])
def test_text_is_stored_in_one_line_and_matches_its_hash(text: str) -> None:
    row = stored_fields(
        log_action(Action.DELETE, user=User(pk=1, username=text), item=User(pk=1, username=text), detail=text)
    )

    verify_chain()
    for name in ("actor_name", "item_name", "detail"):
        assert row[name].isprintable()
        assert len(row[name]) <= Entry._meta.get_field(name).max_length


def test_unknown_action_is_refused() -> None:
    with pytest.raises(ValueError, match="tea"):
        log_action("tea")  # type: ignore[arg-type]


@pytest.mark.parametrize("action", Action)
def test_every_action_fits_its_column(action: Action) -> None:
    assert stored_fields(log_action(action))["action"] == action.value


def test_entry_is_rolled_back_with_its_transaction() -> None:
    last = audit.last_number()

    def refuse() -> None:
        with transaction.atomic():
            log_action(Action.PUBLISH)
            raise PermissionDenied

    with pytest.raises(PermissionDenied):
        refuse()

    assert audit.actions_since(after=last) == []


def test_many_items_take_as_many_queries_as_one() -> None:
    articles = [news.article(f"Story {number}") for number in range(30)]
    log_action(Action.PUBLISH)  # The first entry of a database also makes the head of the chain.
    last = audit.last_number()
    counts = []
    for items in (articles[:1], articles):
        with CaptureQueriesContext(connection) as queries:
            log_actions(Action.DELETE, items, detail="cleared")
        counts.append(len(queries))

    names = Entry.objects.filter(number__gt=last + 1).order_by("number").values_list("item_name", flat=True)
    assert counts == [3, 3]
    assert list(names) == [article.title for article in articles]
    verify_chain()


def test_no_items_add_no_entries() -> None:
    last = audit.last_number()

    assert log_actions(Action.DELETE, []) == []

    assert audit.last_number() == last

import pytest

from tests.factories import images, news, services, staff

pytestmark = pytest.mark.django_db


def test_used_decorative_pictures_are_listed() -> None:
    lead, portrait, unused = (images.image("", is_decorative=True, title=name) for name in ("Van", "Face", "Unused"))
    news.article("Night mail", lead_image=lead)
    services.stamp_issue("Viaducts", slug="viaducts", lead_image=lead)
    news.person("Zhou", portrait=portrait)
    news.article("Described", lead_image=images.image("A green van", title="Described"))

    entries = staff.sign_in().get("/admin/waiting/decorative/").context["items"]

    assert {(entry.text, entry.url) for entry in entries} == {
        (row.title, f"/admin/images/image/{row.pk}/change/") for row in (lead, portrait)
    }
    assert {part for entry in entries for part in entry.detail.split("; ")} == {
        "lead picture of “Night mail”",
        "lead picture of “Viaducts”",
        "portrait of “Zhou Mei”",
    }
    assert str(unused) == "Unused"


def test_uses_are_listed_only_if_the_user_may_view_them() -> None:
    picture = images.image("", is_decorative=True, title="Van")
    services.stamp_issue("Secret", lead_image=picture)

    entries = staff.sign_in(role="Author").get("/admin/waiting/decorative/").context["items"]

    assert [(entry.text, entry.detail) for entry in entries] == [("Van", "")]

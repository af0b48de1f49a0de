import pytest
from django.utils import translation

from services.models import Service
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_description_is_sanitised_and_also_stored_as_plain_text() -> None:
    service = services.service("Letters", name_zh="函件", description="<p>Every <b>day</b><script>x</script></p>")

    assert "script" not in service.description
    assert service.description_text == "Every day"
    with translation.override("zh-hans"):
        assert str(service) == "函件"


def test_services_are_ordered_by_order_then_by_name() -> None:
    last = services.service("Letters", order=2)
    first = services.service("Parcels", order=1)
    middle = services.service("Express", order=2)

    assert list(Service.objects.in_order()) == [first, middle, last]


def test_url_is_an_anchor_on_the_services_page() -> None:
    assert services.service("Letters", slug="letters").get_absolute_url() == "/services/#letters"

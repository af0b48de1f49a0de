"""Products, credits, catalogue references, money."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from services.models import CatalogueReference, Credit, Product
from services.models.currencies import currency_name, format_money
from tests.factories import news, services

pytestmark = pytest.mark.django_db


def test_product_is_called_by_its_form_unless_it_has_a_name() -> None:
    issue = services.stamp_issue()
    plain = services.product(issue, kind="fdc")
    named = services.product(issue, kind="pack", name="Presentation folder", name_zh="邮折")

    assert (str(plain), str(named)) == ("First day cover", "Presentation folder")
    with translation.override("zh-hans"):
        assert str(named) == "邮折"


def test_product_costs_something_or_its_price_is_unknown() -> None:
    issue = services.stamp_issue()
    free = Product(issue=issue, price=Decimal(0))

    with pytest.raises(ValidationError, match="Leave an unknown price empty"):
        free.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        free.save()
    assert services.product(issue).price is None


def test_product_stands_once_with_its_issue() -> None:
    issue = services.stamp_issue()
    services.product(issue, kind="set")

    with pytest.raises(IntegrityError), transaction.atomic():
        services.product(issue, kind="set")


def test_credit_links_a_person_or_an_organization_or_nobody() -> None:
    issue, person, organization = services.stamp_issue(), news.person(), news.organization()

    assert services.credit(issue, name="He Lan", person=person).subject == person
    assert services.credit(issue, name="Works", role="printer", organization=organization).subject == organization
    assert services.credit(issue, name="Wen Hao").subject is None


def test_credit_of_two_is_refused() -> None:
    credit = Credit(issue=services.stamp_issue(), name="Both", person=news.person(), organization=news.organization())

    with pytest.raises(ValidationError, match="not both"):
        credit.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        credit.save()


def test_credit_names_its_role() -> None:
    assert str(services.credit(services.stamp_issue(), name="Ma Ji", role="engraver")) == "Engraver: Ma Ji"


def test_catalogue_number_stands_once_with_its_issue() -> None:
    issue = services.stamp_issue()
    reference = services.catalogue_reference(issue, catalogue="sg", number="5120–5123")

    assert str(reference) == "Stanley Gibbons 5120–5123"
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueReference.objects.create(issue=issue, catalogue="sg", number="5120–5123")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("8.4"), "CNY", "8.40 yuan"),
        (Decimal("0.01"), "EUR", "0.01 euros"),
        (Decimal(1), "XXX", "1.00 XXX"),
        (None, "CNY", ""),
    ],
)
def test_money_is_read_as_amount_and_currency(amount: Decimal | None, currency: str, text: str) -> None:
    assert format_money(amount, currency) == text


def test_currency_that_is_none_of_ours_goes_by_its_code() -> None:
    assert (currency_name("CHF"), currency_name("XXX")) == ("Swiss francs", "XXX")


def test_service_keeps_its_description_clean_and_also_plain() -> None:
    service = services.service("Letters", name_zh="函件", description="<p>Every <b>day</b><script>x</script></p>")

    assert "script" not in service.description
    assert service.description_text == "Every day"
    with translation.override("zh-hans"):
        assert str(service) == "函件"


def test_services_stand_in_their_order() -> None:
    last = services.service("Letters", order=2)
    first = services.service("Parcels", order=1)
    middle = services.service("Express", order=2)

    assert list(type(last).objects.in_order()) == [first, middle, last]

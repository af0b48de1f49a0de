import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from services.models import Product
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_product_is_named_by_its_format_unless_it_has_a_name() -> None:
    issue = services.stamp_issue()
    plain = services.product(issue, kind="fdc")
    named = services.product(issue, kind="pack", name="Presentation folder", name_zh="邮折")

    assert (str(plain), str(named)) == ("First day cover", "Presentation folder")
    with translation.override("zh-hans"):
        assert str(named) == "邮折"


def test_product_price_cannot_be_0() -> None:
    issue = services.stamp_issue()
    free = Product(issue=issue, price=Decimal(0))

    with pytest.raises(ValidationError, match="Leave blank if the price is unknown"):
        free.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        free.save()
    assert services.product(issue).price is None


def test_product_is_unique_for_an_issue() -> None:
    issue = services.stamp_issue()
    services.product(issue, kind="set")

    with pytest.raises(IntegrityError), transaction.atomic():
        services.product(issue, kind="set")


def test_product_tells_its_layout_and_other_details() -> None:
    issue = services.stamp_issue()
    sheet = services.product(
        issue, kind="sheet", columns=5, rows=4, size="210 × 297 mm", print_run=1_200_000, item_number="12-7"
    )
    cover = services.product(
        issue, kind="fdc", designer="Ma Ji", postmark_place="Yunhai", order_until=dt.date(2026, 9, 1)
    )

    assert sheet.details == ["layout 5 × 4", "210 × 297 mm", "print run 1,200,000", "item 12-7"]
    assert cover.details == ["designed by Ma Ji", "postmark of Yunhai", "order until 1 September 2026"]
    with pytest.raises(IntegrityError), transaction.atomic():
        services.product(issue, kind="booklet", columns=5)

import pytest
from django.db import IntegrityError, transaction

from services.models import CatalogueReference
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_catalogue_reference_is_unique_for_an_issue() -> None:
    issue = services.stamp_issue()
    reference = services.catalogue_reference(issue, catalogue="sg", number="5120–5123")

    assert str(reference) == "Stanley Gibbons 5120–5123"
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueReference.objects.create(issue=issue, catalogue="sg", number="5120–5123")

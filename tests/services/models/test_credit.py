import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services.models import Credit
from tests.factories import news, services

pytestmark = pytest.mark.django_db


def test_credit_links_a_person_an_organization_or_neither() -> None:
    issue, person, organization = services.stamp_issue(), news.person(), news.organization()

    assert services.credit(issue, name="He Lan", person=person).subject == person
    assert services.credit(issue, name="Works", role="printer", organization=organization).subject == organization
    assert services.credit(issue, name="Wen Hao").subject is None


def test_credit_of_person_and_organization_is_rejected() -> None:
    credit = Credit(issue=services.stamp_issue(), name="Both", person=news.person(), organization=news.organization())

    with pytest.raises(ValidationError, match="not both"):
        credit.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        credit.save()


def test_credit_text_includes_the_role() -> None:
    assert str(services.credit(services.stamp_issue(), name="Ma Ji", role="engraver")) == "Engraver: Ma Ji"


def test_public_subject_is_hidden_before_its_publication() -> None:
    noon = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
    person = news.person("He", "Lan", publish_at=noon)
    credit = services.credit(services.stamp_issue(), name="He Lan", person=person)

    assert credit.public_subject(noon - dt.timedelta(seconds=1)) is None
    assert credit.public_subject(noon) == person
    assert services.credit(services.stamp_issue(), name="Wen Hao").public_subject(noon) is None

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import Authorship, authored_by
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_rows_take_the_place_of_the_creator() -> None:
    ann, bob = staff.account("Author"), staff.account("Author")
    one, other = news.article("One", created_by=ann), news.article("Other", created_by=ann)
    of_one = {"content_type": ContentType.objects.get_for_model(one), "object_id": one.pk}
    Authorship.objects.create(user=bob, **of_one)
    Authorship.objects.create(user=ann, left_at=timezone.now(), **of_one)

    assert list(Article.objects.filter(authored_by(Article, [ann.pk]))) == [other]
    assert list(Article.objects.filter(authored_by(Article, [bob.pk]))) == [one]
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorship.objects.create(user=bob, **of_one)

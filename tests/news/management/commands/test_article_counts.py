from typing import Any

import pytest
from django.core.management import CommandError, call_command

from news.models import ArticleCount
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_right_numbers_pass(capsys: Any) -> None:
    news.article(tags=["rail"])

    call_command("article_counts", "--check")

    assert capsys.readouterr().out == "All numbers are right.\n"


def test_wrong_number_is_named_and_corrected(capsys: Any) -> None:
    section = news.article().section
    ArticleCount.objects.filter(facet="articles").update(count=7)

    # `manage.py` exits with 1 on this error.
    with pytest.raises(CommandError, match=r"^1 numbers are wrong\. Run `manage\.py article_counts`\.$"):
        call_command("article_counts", "--check")
    assert capsys.readouterr().out == (
        f"facet articles, key 0, language en, section {section.pk}, period 2021, expires_in 999999, opens_in 0: "
        "7 kept, 1 counted\n"
    )

    call_command("article_counts")
    call_command("article_counts", "--check")
    assert capsys.readouterr().out == "Corrected 1 numbers.\nAll numbers are right.\n"

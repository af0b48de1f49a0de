import re

import pytest

from news.imports import printed_titles
from news.imports.printed_titles import PrintedTitles
from tests.factories import news

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane Newperson, Curator of the Elbonia Postal Museum.", ["Jane Newperson|Curator|Elbonia Postal Museum"]),
        ("Jane Newperson, the Deputy Director at UPU.", ["Jane Newperson|Deputy Director|UPU"]),
        ("Newperson, Jane, Director at UPU.", ["Newperson, Jane|Director|UPU"]),
        ("In Bern, Jane Newperson, Director at UPU.", ["Jane Newperson|Director|UPU"]),
        ("Jane Newperson, Director of Sales", []),
        ("Jane Newperson, former Director of the Postal Museum", []),
        ("李新人（云海邮政集团公司党组书记、副总经理）出席", ["李新人|党组书记、副总经理|云海邮政集团公司"]),
        ("会见云海邮政局局长李新人并讲话", ["李新人|局长|云海邮政局"]),
        ("云海邮政局局长努尔买买提·吐尔逊说", ["努尔买买提·吐尔逊|局长|云海邮政局"]),
        ("前云海邮政局局长李新人说", []),
        ("邮政局长期发展", []),
    ],
)
def test_titles_that_are_not_in_the_register(text: str, found: list[str]) -> None:
    assert [f"{row.name}|{row.label}|{row.organization}" for row in PrintedTitles().find(text)] == found


def test_title_of_the_register_wins() -> None:
    position = news.position("Director", organization=news.organization("Postal Museum of the Two Rivers"))

    [found] = PrintedTitles().find("Jane Newperson, Director of the Postal Museum of the Two Rivers Valley")

    assert (found.position, found.organization) == (position, "Postal Museum of the Two Rivers")


def test_every_chinese_title_is_noticed() -> None:
    titles = re.sub(r"[(?:)]", "", printed_titles._HAN_TITLE_WORD.replace("副?", "副")).split("|")

    found = {row.label for title in titles for row in printed_titles._anywhere(f"云海邮政集团公司{title}王新人说")}

    assert found == set(titles)
    assert len(titles) == 20

import pytest

from postportal.legacy.parsing.serials import Serial, read_serial, split_serial


@pytest.mark.parametrize(
    ("value", "serial"),
    [
        ("2016-4", Serial(2016, 4)),
        ("２０１６－４", Serial(2016, 4)),
        ("2016—04", Serial(2016, 4)),
        ("2016-4T", Serial(2016, 4, "T", "letter-last")),
        ("2016-4 (J)", Serial(2016, 4, "J", "letter-last")),
        ("T2016-4", Serial(2016, 4, "T")),
        ("特11-2018", Serial(2018, 11, "特")),
        ("No. 2016-4", Serial(2016, 4)),
        ("T.46", Serial(None, 46, "T", "dotted")),
        ("J1", Serial(None, 1, "J", "dotted")),
        ("纪94", Serial(None, 94, "纪", "running")),
        ("2016-M", Serial(2016, None, "M", "letter-last")),
        ("志号：2016-4", Serial(2016, 4)),
        ("2016", None),
        ("2016-0", None),
        ("2016-4-5", None),
        ("x" * 50, None),
    ],
)
def test_serial_number_is_read(value: str, serial: Serial | None) -> None:
    assert read_serial(value) == serial


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harbour Lights2017-3", "Harbour Lights"),
        ("Harbour Lights ...2017-3", "Harbour Lights ..."),
        ("The Year of 20162017-3", "The Year of 2016"),
        ("Lights(Ⅱ)2017-3T", "Lights(Ⅱ)"),
    ],
)
def test_serial_number_glued_to_a_title_is_parted(text: str, title: str) -> None:
    split = split_serial(text)

    assert split is not None
    assert (split[0], split[1].year, split[1].number) == (title, 2017, 3)


@pytest.mark.parametrize(
    ("text", "title", "printed"),
    [
        ("Rare Flowers of Yunnan T.61", "Rare Flowers of Yunnan ", "T.61"),
        ("关汉卿戏剧创作七百年纪50", "关汉卿戏剧创作七百年", "纪50"),
        ("丙申年特种邮票2016-1T", "丙申年特种邮票", "2016-1T"),
        ("Sheets of the year 2016-M", "Sheets of the year ", "2016-M"),
    ],
)
def test_every_form_of_serial_number_is_split_off(text: str, title: str, printed: str) -> None:
    split = split_serial(text)

    assert split is not None
    assert (split[0], str(split[1])) == (title, printed)


@pytest.mark.parametrize("text", ["Harbour Lights", "Opened 2017-3-12", "On 12-2017-3", "2017-0"])
def test_other_ends_are_no_serial_number(text: str) -> None:
    assert split_serial(text) is None

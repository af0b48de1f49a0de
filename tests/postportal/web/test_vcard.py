from postportal.web.vcard import Property, write_vcard


def test_values_are_escaped_and_uris_are_not() -> None:
    card = write_vcard([Property("FN", ("Post, Inc.; A\\B\nC",)), Property("URL", ("https://post.example/?a,b;c",))])

    assert card == (
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Post\\, Inc.\\; A\\\\B\\nC\r\nURL:https://post.example/?a,b;c\r\nEND:VCARD\r\n"
    )


def test_long_line_is_folded_between_characters() -> None:
    lines = write_vcard([Property("FN", ("中" * 60,))]).split("\r\n")

    assert max(len(line.encode()) for line in lines) <= 75
    assert "".join(line.removeprefix(" ") for line in lines[2:-2]) == "FN:" + "中" * 60


def test_property_without_a_value_is_left_out() -> None:
    assert "NOTE" not in write_vcard([Property("NOTE", ("",))])

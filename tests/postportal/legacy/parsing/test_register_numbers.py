import pytest

from postportal.legacy.parsing.register_numbers import read_register_numbers


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        (
            "Register number: 京ICP备10203040号 京公网安备110401400999号",
            ("京ICP备10203040号", "京公网安备110401400999号"),
        ),
        ("京ICP备 10203040 号-2", ("京ICP备10203040号-2",)),
        ("网站备案号：沪ICP证102030号", ("沪ICP证102030号",)),
        ("Registration No.: HP-2040/7", ("HP-2040/7",)),
        ("Register number:", ()),
        ("Register number: see the harbour master 7", ("see the harbour master 7",)),
        ("Register number: ask the master", None),
        ("The number 京ICP备10203040号 is ours.", None),
        ("", None),
        ("Register number: 1 " * 30, None),
    ],
)
def test_line_of_register_numbers_is_read(line: str, numbers: tuple[str, ...] | None) -> None:
    assert read_register_numbers(line) == numbers

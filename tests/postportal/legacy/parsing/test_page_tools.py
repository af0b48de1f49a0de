import pytest

from postportal.legacy.parsing.page_tools import is_page_tool


@pytest.mark.parametrize(
    "line",
    [
        "Print",
        "【打印本页】 【关闭窗口】",
        "Hits: 1,024",
        "Font size: large | small",
        "Next: Boats",
        "<< 1 2 3 Next >>",
        "共3页 第1页",
    ],
)
def test_page_tool_is_recognised(line: str) -> None:
    assert is_page_tool(line)


@pytest.mark.parametrize("line", ["", "2019", "Next spring the ferry runs.", "3 boats", "Page " * 40])
def test_text_is_no_page_tool(line: str) -> None:
    assert not is_page_tool(line)

"""Page tools: lines such as print, close, next page, hits and copyright."""

import re

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, split_comma_list, to_half_width

_TOOL_LABELS = frozenset(
    split_comma_list(
        """
            detail, details, read more, view details, learn more, [more], 详细, 详情, 查看详情, 阅读全文, 查看更多,
            print, print this page, close, close window, back, go back, return, top, back to top, share,
            share to, e-mail, email, add to favorites, more, more>>, more..., previous, next, prev,
            previous page, next page, first page, last page, skip to content, text size, 打印,
            打印本页, 关闭, 关闭窗口, 返回, 返回顶部, 返回首页, 分享, 分享到, 更多, 上一页, 下一页, 首页, 尾页,
            末页, 收藏, 加入收藏, 相关链接, 字体, 大, 中, 小, a, a+, a-
        """
    )
)
_COUNTER = re.compile(
    r"(?:(?:page )?(?:hits|views|clicks?|visits?|read(?:ing)?s?)|(?:点击|浏览|阅读)(?:数|次数|量)?)"
    r"\s?[:：]\s?\d[\d,]*(?:\s?次)?\Z",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(
    r"(?:font(?: size)?|text size|字体(?:大小)?|字号)\s?[:：]?\s?"
    r"(?:(?:large|medium|middle|small|big|大|中|小|a[+-]?|\d\d?(?:px)?)[ |/]*)*\Z",
    re.IGNORECASE,
)
_NEIGHBOUR_LINK = re.compile(
    r"(?:previous(?: article| page| news)?|next(?: article| page| news)?|上一[篇条页]|下一[篇条页])\s?[:：]",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\) ?(?:19|20)\d\d|all rights reserved|版权所有|技术支持|主办单位|承办单位)", re.IGNORECASE
)
_PAGER_WORDS = frozenset(
    {"page", "pages", "of", "total", "first", "last", "prev", "previous", "next", "home", "end", "go", "to"}
)
_PAGER_SIGNS = frozenset("共第页条首尾末上一下跳转到")
_PAGER_TOKEN = re.compile(r"[^\W\d_\u4e00-\u9fff]+|\d+|[\u4e00-\u9fff]+")


def is_page_tool(line: str) -> bool:
    text = collapse_whitespace(to_half_width(line))
    if not text or len(text) > 160:
        return False
    bare = text.strip("【】[]()（）|<>«» ").casefold()
    words = [word for word in re.split(r"[\s|【】\[\]()（）/·•]+", text.casefold()) if word]
    if bare in _TOOL_LABELS or (len(words) > 1 and all(word in _TOOL_LABELS for word in words)):
        return True
    return any(pattern.match(bare) for pattern in (_COUNTER, _FONT_SIZE, _NEIGHBOUR_LINK, _COPYRIGHT)) or _is_pager(
        text
    )


def _is_pager(text: str) -> bool:
    """Return True for "<< 1 2 3 Next >>", but not for a line that is only a number or a word."""
    tokens = _PAGER_TOKEN.findall(text.casefold())
    if len(text) > 80 or len(tokens) < 2 or not any(token.isdigit() for token in tokens):
        return False
    if all(token.isdigit() for token in tokens):
        # "1 2 3", but neither a serial number nor a date.
        numbers = [int(token) for token in tokens]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[-1] < 100
    return all(token.isdigit() or token in _PAGER_WORDS or _PAGER_SIGNS.issuperset(token) for token in tokens)

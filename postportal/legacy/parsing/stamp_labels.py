"""Labels on stamp pages in every spelling met so far, and the fields they stand for."""

import re

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, split_comma_list, to_half_width
from postportal.text.characters import HAN

MAX_LABEL_LENGTH = 50

# Singular and plural, capitals and spaces make no difference.
_SPELLINGS = {
    "title": """
        stamp title, title of stamp, title, stamp name, name of stamp, name, issue title, 邮票名称, 邮票题名,
        名称, 邮票名
    """,
    "serial": """
        serial number, serial no., serial no, serial, stamp number, issue number, issue no., set number,
        志号, 编号, 邮票志号, 发行编号
    """,
    "stamp_counts": """
        piece in set, value in set, stamp in set, piece in a set, stamp in a set, number in set, no. in set,
        number of stamp, number of piece, number of value, number of stamp in set, no. of stamp,
        no. of piece, piece per set, stamp per set, piece, 全套枚数, 枚数, 套枚数, 一套枚数, 全套邮票枚数,
        邮票枚数
    """,
    "face_value": """
        denomination, total face value, face value, total denomination, total value, face value of set,
        set value, value, 全套面值, 面值, 总面值, 面额, 全套面额, 全套总面值
    """,
    "issued_on": """
        date of issue, issue date, issuing date, date of issuance, issuance date, date issued, issued on,
        release date, date of release, first day of issue, 发行日期, 发行时间, 首发日期, 发行日
    """,
    "designer": """
        designer, stamp designer, designed by, design, designer of stamp, 设计者, 设计, 设计师, 邮票设计,
        邮票设计者, 设计人
    """,
    "editor": """
        editor, executive editor, editor in charge, stamp editor, edited by, 责任编辑, 编辑, 责编,
        邮票责任编辑
    """,
    "engraver": """
        engraver, engraved by, engraving, 雕刻者, 雕刻, 雕刻师, 邮票雕刻
    """,
    "artist": """
        original painting, original painter, painter, original artist, original work, artist, painting,
        author of original painting, original drawing, 原画作者, 原作者, 原画, 绘画, 绘画者, 原图作者
    """,
    "photographer": """
        photographer, photo by, photography, photo, 摄影, 摄影者, 摄影师
    """,
    "size": """
        size of stamp, stamp size, size of the stamp, size, stamp format, 邮票规格, 票幅, 规格, 邮票尺寸,
        票形尺寸, 票幅规格, 尺寸
    """,
    "sheet_size": """
        size of souvenir sheet, souvenir sheet size, size of the souvenir sheet, size of miniature sheet,
        小型张规格, 小型张票幅, 小全张规格, 小型张尺寸, 外形尺寸, 小型张外形尺寸, 小全张外形尺寸
    """,
    "perforation": """
        perforation, perforation gauge, gauge, gauge of perforation, 齿孔度数, 齿孔, 齿度, 打孔度数
    """,
    "sheet": """
        sheet composition, composition of sheet, stamp per sheet, number of stamp in sheet, piece per sheet,
        整张枚数, 版张枚数, 全张枚数, 整版枚数, 版式, 每版枚数
    """,
    "process": """
        printing process, printing technology, printing method, printing technique, printing, process,
        print process, 版别, 印制工艺, 印刷工艺, 印刷版别, 印刷方式, 印制方式, 印刷方法, 工艺
    """,
    "printer": """
        printer, printing house, printed by, printing factory, printing plant, stamp printer, printing work,
        印制厂, 印刷厂, 印制机构, 印制单位, 承印, 印制, 印刷, 邮票印制厂
    """,
    "print_run": """
        print run, issue quantity, quantity, quantity issued, issued quantity, circulation,
        printing quantity, 发行量, 发行数量, 印量, 计划发行数量, 计划发行量
    """,
    "issuer": """
        issuer, issuing authority, publisher, issued by, 发行机构, 发行单位, 发行部门, 发行者
    """,
    "type": """
        type, category, stamp type, 类别, 种类, 邮票类别, 邮票种类
    """,
}
_HEADINGS = """
    supporting information, stamp information, basic information, technical detail, technical data,
    邮票资料, 发行资料, 邮票信息, 基本信息, 基本资料, 技术资料
"""
_UNIT = re.compile(r"\((?:mm|毫米|cm|yuan|元|rmb|degrees?|度|pieces?|枚)\)\Z", re.IGNORECASE)
_HAN_GAP = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_LABEL_AND_VALUE = re.compile(r"[\s•·●*|]*(?P<label>[^:：|\t]{1,60}?)\s*(?:[:：]|\|)(?P<value>[^|]*)\|?\s*\Z")
_COLON_AND_GAP = re.compile(r"(?<=\S) {2,}(?=(?P<label>[^:：|]{2,40})[:：])")


def _normalize_label(label: str) -> str:
    """Return the same label for "Pieces in Set", "Piece(s) in set" and "PIECE IN SET"."""
    label = collapse_whitespace(to_half_width(label)).casefold().strip("*•· ").replace("(s)", "")
    label = _HAN_GAP.sub("", _UNIT.sub("", label).strip())
    return " ".join(word if word.endswith("ss") else word.removesuffix("s") for word in label.split())


_FIELD_NAMES = {
    _normalize_label(spelling): field_name
    for field_name, spellings in _SPELLINGS.items()
    for spelling in split_comma_list(spellings)
}
_NORMALIZED_HEADINGS = frozenset(map(_normalize_label, split_comma_list(_HEADINGS)))


def field_name_of(label: str) -> str:
    """Return the name of the field, like "stamp_counts" for "Value in Set", or "" for an unknown label."""
    return _FIELD_NAMES.get(_normalize_label(label), "") if len(label) <= MAX_LABEL_LENGTH else ""


def read_label_and_value(line: str) -> tuple[str, str] | None:
    """Return (label, value) of a line like "Serial Number: 2016-4", known or not, or None for any other line."""
    match = _LABEL_AND_VALUE.match(line) if len(line) <= 600 else None
    return (collapse_whitespace(match["label"]), collapse_whitespace(match["value"])) if match else None


def is_field(line: str) -> bool:
    """Return True for a line that begins with a known label."""
    pair = read_label_and_value(line)
    return pair is not None and field_name_of(pair[0]) != ""


def is_heading(line: str) -> bool:
    return len(line) <= 40 and _normalize_label(line.strip().rstrip(":：")) in _NORMALIZED_HEADINGS


def split_fields(line: str) -> list[str]:
    """Split a line with several fields, as copied from a table, at each gap that a known label follows."""
    if len(line) > 2000 or not is_field(line.lstrip().split("  ", maxsplit=1)[0]):
        return [line]
    parts: list[str] = []
    start = 0
    for gap in _COLON_AND_GAP.finditer(line):
        if field_name_of(gap["label"]):
            parts.append(line[start : gap.start()])
            start = gap.end()
    return [*parts, line[start:]]

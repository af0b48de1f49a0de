"""Labels on stamp pages in every spelling met so far, and the fields they stand for."""

import re

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, split_comma_list, to_half_width
from postportal.text.characters import HAN

MAX_LABEL_LENGTH = 50

# Singular and plural, capitals and spaces make no difference.
_SPELLINGS = {
    "title": """
        stamp title, title of stamp, title, stamp name, name of stamp, name, issue title, name of issue,
        title of issue, theme of stamp, 邮票名称, 邮票题名, 名称, 邮票名, 发行名称, 题名, 邮票全称
    """,
    "serial": """
        serial number, serial no., serial no, serial, stamp number, issue number, issue no., set number,
        serial number of stamp, serial no. of stamp, stamp no., set no., stamp serial number, no. of issue,
        志号, 编号, 邮票志号, 发行编号, 邮票编号
    """,
    "stamp_counts": """
        piece in set, value in set, stamp in set, piece in a set, stamp in a set, number in set, no. in set,
        number of stamp, number of piece, number of value, number of stamp in set, no. of stamp,
        no. of piece, no. of value, piece per set, stamp per set, value per set, piece, set composition,
        number of stamp in a set, number of piece in set, number of value in set, set, 全套枚数, 枚数, 套枚数,
        一套枚数, 全套邮票枚数, 邮票枚数, 每套枚数, 套数
    """,
    "face_value": """
        denomination, total face value, face value, total denomination, total value, face value of set,
        set value, value, total face value of set, denomination of set, 全套面值, 面值, 总面值, 面额,
        全套面额, 全套总面值, 全套邮票面值, 邮票面值, 售价, 全套售价
    """,
    "issued_on": """
        date of issue, issue date, issuing date, date of issuance, issuance date, date issued, issued on,
        release date, date of release, first day of issue, day of issue, first day, 发行日期, 发行时间,
        首发日期, 发行日, 首发时间, 首日
    """,
    "designer": """
        designer, stamp designer, designed by, design, designer of stamp, graphic designer, 设计者, 设计,
        设计师, 邮票设计, 邮票设计者, 设计人, 图稿设计, 图稿设计者, 美术设计
    """,
    "editor": """
        editor, executive editor, editor in charge, stamp editor, edited by, responsible editor, 责任编辑,
        编辑, 责编, 邮票责任编辑, 邮票编辑
    """,
    "engraver": """
        engraver, engraved by, engraving, stamp engraver, 雕刻者, 雕刻, 雕刻师, 邮票雕刻, 雕刻人, 邮票雕刻者
    """,
    "artist": """
        original painting, original painter, painter, original artist, original work, artist, painting,
        author of original painting, original drawing, 原画作者, 原作者, 原画, 绘画, 绘画者, 原图作者,
        illustrator, calligrapher, 绘制, 绘者, 插画, 原图, 原画提供者, 题字, 书法作者
    """,
    "photographer": """
        photographer, photo by, photography, photo, photographed by, 摄影, 摄影者, 摄影师, 图片摄影, 照片提供
    """,
    "size": """
        size of stamp, stamp size, size of the stamp, size, stamp format, 邮票规格, 票幅, 规格, 邮票尺寸,
        票形尺寸, 票幅规格, 尺寸, dimension, dimension of stamp, stamp dimension, format, 票型规格, 单枚规格,
        邮票票幅, 邮票票形尺寸, 票形规格
    """,
    "sheet_size": """
        size of souvenir sheet, souvenir sheet size, size of the souvenir sheet, size of miniature sheet,
        size of sheetlet, souvenir sheet dimension, size of s/s, miniature sheet size, 小型张规格, 小型张票幅,
        小全张规格, 小型张尺寸, 小全张尺寸, 外形尺寸, 小型张外形尺寸, 小全张外形尺寸, 小全张票幅
    """,
    "perforation": """
        perforation, perforation gauge, gauge, gauge of perforation, perforation of stamp, stamp perforation,
        perf., perf, 齿孔度数, 齿孔, 齿度, 打孔度数, 邮票齿孔度数, 邮票齿孔, 齿孔规格
    """,
    "sheet": """
        sheet composition, composition of sheet, stamp per sheet, number of stamp in sheet, piece per sheet,
        sheet format, layout, sheet layout, stamp in sheet, number of stamp per sheet, full sheet, sheet,
        composition of full sheet, 整张枚数, 版张枚数, 全张枚数, 整版枚数, 版式, 每版枚数, 邮票整张枚数, 整张
    """,
    "process": """
        printing process, printing technology, printing method, printing technique, printing, process,
        print process, technology, technique, printing type, 版别, 印制工艺, 印刷工艺, 印刷版别, 印刷方式,
        印制方式, 印刷方法, 工艺, 邮票版别, 印制版别, 制版工艺
    """,
    "printer": """
        printer, printing house, printed by, printing factory, printing plant, stamp printer, printing work,
        stamp printing house, printing company, printing bureau, 印制厂, 印刷厂, 印制机构, 印制单位, 承印, 印制,
        印刷, 邮票印制厂, 承印厂, 印制厂家, 印制企业, 承印单位, 印刷单位
    """,
    "print_run": """
        print run, issue quantity, quantity, quantity issued, issued quantity, circulation,
        printing quantity, printed quantity, number issued, mintage, volume of issue, 发行量, 发行数量, 印量,
        计划发行数量, 计划发行量, 发行套数, 印数, 邮票发行量, 邮票计划发行数量, 全套发行量
    """,
    "issuer": """
        issuer, issuing authority, publisher, issued by, 发行机构, 发行单位, 发行部门, 发行者
    """,
    "type": """
        type, category, stamp type, type of stamp, 类别, 种类, 邮票类别, 邮票种类, 类型
    """,
    "security": """
        security feature, anti-forgery, anti-forgery method, anti-forgery technology, anti-counterfeiting,
        anti-counterfeiting method, anti-counterfeiting measure, anti-counterfeit, 防伪方式, 防伪, 防伪措施,
        防伪技术, 防伪工艺
    """,
    "paper": """
        paper, paper type, type of paper, stamp paper, 用纸, 纸张, 邮票用纸, 纸质, 印刷用纸
    """,
    "designs": """
        design in set, stamp in order, order of stamp, order and title, 图序, 图序及图名, 图序和图名, 图序及面值,
        图序及名称, 图序、图名及面值, 图序图名, 图序名称, 图名及面值, 图案内容
    """,
    "design_names": """
        name of design, title of design, design name, design title, name of each stamp, 图名, 图案, 图案名称, 邮票图名
    """,
}
_HEADINGS = """
    supporting information, stamp information, basic information, technical detail, technical data,
    technical information, stamp detail, detail, issue information, item, content, field, description, 项目, 内容,
    邮票资料, 发行资料, 邮票信息, 基本信息, 基本资料, 技术资料, 相关资料, 相关信息, 资料, 邮票发行信息, 发行信息
"""
# Parts of an issue whose own sizes, prices and so on are not those of its stamps.
_SECTIONS = {
    "souvenir sheet": """
        souvenir sheet, miniature sheet, sheetlet, s/s, m/s, mini-sheet, minisheet, mini sheet, 小型张, 小全张, 小版张
    """,
    "booklet": """
        booklet, stamp booklet, prestige booklet, 小本票, 邮票小本, 本票, 大本票, 大本册
    """,
    "first day cover": """
        first day cover, fdc, first-day cover, 首日封, 邮折, 纪念封, folder, presentation folder, maximum card, 极限片
    """,
    "postmark": "postmark, commemorative postmark, first day postmark, 纪念邮戳, 纪念戳, 首日戳",
}
_STAMPS = "stamp, postage stamp, stamp in the set, the stamp, 邮票, 单枚邮票, 普通版, 邮票部分"
_UNIT = re.compile(r"\((?:mm|毫米|cm|yuan|元|rmb|degrees?|度|pieces?|枚)\)\Z", re.IGNORECASE)
_HAN_GAP = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")


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
_SECTION_NAMES = {
    **{_normalize_label(word): name for name, words in _SECTIONS.items() for word in split_comma_list(words)},
    **dict.fromkeys(map(_normalize_label, split_comma_list(_STAMPS)), "stamps"),
}


def field_name_of(label: str) -> str:
    """Return the name of the field, like "stamp_counts" for "Value in Set", or "" for an unknown label."""
    return _FIELD_NAMES.get(_normalize_label(label), "") if len(label) <= MAX_LABEL_LENGTH else ""


def is_heading(line: str) -> bool:
    return len(line) <= 40 and _normalize_label(line.strip(" |【】").rstrip(":：| ")) in _NORMALIZED_HEADINGS


def section_of(line: str) -> str:
    """Return "souvenir sheet" for a line that says nothing but 小型张, "stamps" for 邮票, "" for any other line."""
    words = line.strip("【】[]()（）一二三四、.． |").rstrip(":：") if len(line) <= 40 else ""
    return _SECTION_NAMES.get(_normalize_label(words), "")


def label_pattern() -> re.Pattern[str]:
    """Return the pattern of all known labels, the longest first, with the words of a section in front of them."""
    words = {word for spellings in _SPELLINGS.values() for word in split_comma_list(spellings)}
    sections = {word for spellings in _SECTIONS.values() for word in split_comma_list(spellings)}
    known = "|".join(map(_spelling_pattern, sorted(words, key=len, reverse=True)))
    before = "|".join(map(_spelling_pattern, sorted(sections, key=len, reverse=True)))
    unit = r"(?:\s?[(（](?:mm|毫米|cm|yuan|元|rmb|degrees?|度|pieces?|枚)[)）])?"
    return re.compile(
        rf"(?:(?P<section>{before})(?:的|\s|’s|'s)?\s?)?(?P<label>{known}){unit}(?P<colon>\s*[:：﹕∶])?", re.IGNORECASE
    )


def _spelling_pattern(spelling: str) -> str:
    """Return the pattern of a spelling with each word in singular or plural and with blanks inside of Chinese words."""
    if not spelling.isascii():
        return r"\s*".join(map(re.escape, spelling))
    words = r"\s+".join(rf"{re.escape(word)}(?:\(s\)|s)?" for word in spelling.split())
    return rf"{words}(?![A-Za-z])"

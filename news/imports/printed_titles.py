"""People named with a title in a text: “Name, Title of Organization”, “姓名（机构职务）” and “机构职务姓名”.

Two sources: the positions of the register, however they read, and words that are titles anywhere."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from news.models import Position
from postportal.text.characters import HAN
from postportal.web.compiled_query import CompiledQuery

_LONGEST_NAME = 120
# “Jane Newperson, ” or “Jane Newperson, the ” at the end of what stands before a title, also “Newperson, Jane, ”.
_WORD = r"[^\W\d_a-z](?:\.|[\w’'-]*)"
_INITIAL = r"[^\W\d_a-z]\.?"
_LATIN_NAME = rf"(?<!\w)((?:{_WORD} ){{1,3}}{_WORD}|{_WORD}, {_WORD}(?: {_INITIAL})?),\s+(?:the\s+)?"
_LATIN_BEFORE = re.compile(_LATIN_NAME + "$")
# “李新人（” before a title, and the name after one, which ends with the sentence or the clause.
_HAN_BEFORE = re.compile(f"(?:^|[^{HAN}])([{HAN}]{{2,4}})[（(]$")
_HAN_AFTER = re.compile(f"([{HAN}]{{2,3}})(?=[^{HAN}]|$)")

_LATIN_TITLE = (
    r"(?:Director|President|Chair(?:man|woman|person)?|Minister|Secretary|Postmaster|Commissioner|Governor|Manager"
    r"|Ambassador|Curator|Rector|Dean|Chancellor|Head|CEO|Chief Executive)"
)
_TITLE = rf"(?:[A-Z][\w-]+ ){{0,3}}{_LATIN_TITLE}(?:[- ][A-Z]\w+){{0,2}}"
# At least two words or an abbreviation: “Director of Sales” names no organization.
_PART = r"[A-Z][\w’'&-]*"
_ORGANIZATION = rf"(?:{_PART}(?: (?:of (?:the )?|and |for )?{_PART}){{1,7}}|[A-Z]{{2,8}})"
_LATIN = re.compile(rf"{_LATIN_NAME}({_TITLE}) (?:of|at) (?:the )?({_ORGANIZATION})(?!\w)")

_HAN_UNIT = (
    "(?:局|公司|集团|部|委员会|委|协会|联盟|联合会|博物馆|银行|中心|学院|大学|办公室|邮政|邮局|厂|学会|组织|政府|厅)"
)
_HAN_TITLE_WORDS = (
    *("局长", "部长", "司长", "处长", "总经理", "董事长", "总裁", "主席", "主任", "秘书长", "院长"),
    *("馆长", "会长", "行长", "校长", "厂长", "总干事"),
)
_HAN_TITLE_WORD = f"(?:党组书记|党委书记|{'|'.join(f'副?{word}' for word in _HAN_TITLE_WORDS)}|国际局总局长)"
_HAN_TITLE = f"{_HAN_TITLE_WORD}(?:[、兼]{_HAN_TITLE_WORD}){{0,2}}"
_HAN_OFFICE = rf"([{HAN}]{{1,24}}?{_HAN_UNIT})({_HAN_TITLE})"
# Common family names: there are no spaces that say where a name begins.
_FAMILY = (
    "(?:欧阳|司马|上官|诸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])"
)
# What follows a name in a sentence.
_HAN_GOES_ON = "说表示指介出参主会致宣为一率与和在同对及强陪作将就并也还已向被等"
_HAN_NAME = f"({_FAMILY}[{HAN}]{{1,2}}?|[{HAN}]{{1,6}}(?:·[{HAN}]{{1,8}}?){{1,2}})"
_HAN_TITLE_FIRST = re.compile(f"{_HAN_OFFICE}{_HAN_NAME}(?=[^{HAN}]|$|[{_HAN_GOES_ON}])")
_HAN_NAME_FIRST = re.compile(f"(?:^|(?<=[^{HAN}·]))([{HAN}]{{2,4}}|[{HAN}]+(?:·[{HAN}]+)+)[（(]{_HAN_OFFICE}[）)]")
# What stands before an organization in a sentence, and what says that somebody held the title earlier.
_HAN_LEAD = re.compile("^.*(?:现任|出任|担任|任命|邀请|会见|陪同|由|和|与|的)")
_FORMER = ("原", "前", "时任")
# Most texts have no title at all, which is found out faster.
_has_latin_title = re.compile(_LATIN_TITLE).search
_positions = CompiledQuery(lambda: Position.objects.select_related("organization").order_by("pk"), takes=())


@dataclass(frozen=True, slots=True)
class PrintedTitle:
    """A name with the title and the organization that are printed beside it."""

    name: str
    label: str
    organization: str
    start: int
    # What the register has for them.
    position: Position | None = None

    @property
    def is_chinese(self) -> bool:
        return re.fullmatch(f"[{HAN}·]+", self.name) is not None

    @property
    def in_words(self) -> str:
        """Return the title with the organization, as the register writes it if it has it."""
        if self.position:
            return str(self.position)
        return f"{self.organization}{self.label}" if self.is_chinese else f"{self.label}, {self.organization}"


class PrintedTitles:
    """Finds names with titles in texts. Reads the positions of the register once."""

    def __init__(self) -> None:
        # By the name of the organization: most texts name few.
        self.phrases: dict[str, list[tuple[str, str, Position]]] = defaultdict(list)
        for row in _positions.objects():
            organization = row.organization
            for name in filter(None, (organization.name, organization.abbreviation)):
                self.phrases[name] += [(f"{row.label} of {word}{name}", row.label, row) for word in ("", "the ")]
            if row.label_zh and organization.name_zh:
                phrase = f"{organization.name_zh}{row.label_zh}"
                self.phrases[organization.name_zh].append((phrase, row.label_zh, row))

    def find(self, text: str) -> list[PrintedTitle]:
        """Return each name with each title beside it, in the order of the text."""
        found: dict[tuple[str, str, str], PrintedTitle] = {}
        names = set()
        for each in self._of_the_register(text):
            found.setdefault((each.name, each.label, each.organization), each)
            names.add((each.name, each.label))
        for each in _anywhere(text):
            # The register knows the same title better: it says where the organization ends.
            if (each.name, each.label) not in names:
                found.setdefault((each.name, each.label, each.organization), each)
        return sorted(found.values(), key=lambda each: each.start)

    def _of_the_register(self, text: str) -> Iterator[PrintedTitle]:
        named = [(name, each) for name, phrases in self.phrases.items() if name in text for each in phrases]
        for organization, (phrase, label, row) in named:
            for start in _places(phrase, text):
                before = text[max(0, start - _LONGEST_NAME) : start]
                if not re.match(f"[{HAN}]", phrase):
                    match = _LATIN_BEFORE.search(before)
                else:
                    match = _HAN_BEFORE.search(before) or _HAN_AFTER.match(text, start + len(phrase))
                if match and not before.endswith(_FORMER):
                    yield PrintedTitle(match[1], label, organization, start, row)


def _anywhere(text: str) -> Iterator[PrintedTitle]:
    if _has_latin_title(text):
        for match in _LATIN.finditer(text):
            yield PrintedTitle(match[1], match[2], match[3], match.start(2))
    if not any(word in text for word in ("书记", *_HAN_TITLE_WORDS)):
        return
    for match in _HAN_TITLE_FIRST.finditer(text):
        organization = _HAN_LEAD.sub("", match[1])
        if not organization.startswith(_FORMER):
            yield PrintedTitle(match[3], match[2], organization, match.start(1))
    for match in _HAN_NAME_FIRST.finditer(text):
        yield PrintedTitle(match[1], match[3], match[2], match.start(2))


def _places(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))

"""Parts of a printed Latin name: a guess, with which the form of a new person is filled in."""

import re

from news.models.name_forms import NameOrder, NameParts

# “SMITH”, as official lists mark a family name. Not an initial.
_CAPITALS = re.compile(r"[^\W\d_a-z](?:[’'-]?[^\W\d_a-z])+")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV")
_PARTICLES = re.compile("al|bin|da|de|del|den|der|di|do|dos|du|el|ibn|la|le|san|ten|ter|van|vander|von|y|zu")
# Family names in Pinyin, and whatever Pinyin can spell: “Li Na” and “Liu Aili”, but not “Lin Manuel” or “Mo Farah”.
_PINYIN_FAMILY = re.compile(
    "ai|an|ao|bai|ban|bao|bei|bi|bian|bo|bu|cai|cao|cen|chai|chang|chao|che|chen|cheng|chi|chong|chu|cui|dai|dang"
    "|deng|di|ding|dong|dou|du|duan|fan|fang|fei|feng|fu|gan|gao|ge|geng|gong|gou|gu|guan|guo|han|hao|he|hong|hou"
    "|hu|hua|huang|hui|huo|ji|jia|jian|jiang|jiao|jin|jing|ju|kang|ke|kong|kuang|lai|lan|lang|lei|leng|li|lian"
    "|liang|liao|lin|ling|liu|long|lou|lu|luan|luo|lv|ma|man|mao|mei|meng|mi|miao|ming|mo|mou|mu|na|ni|nie|ning"
    "|niu|ou|pan|pang|pei|peng|ping|pu|qi|qian|qiang|qiao|qin|qiu|qu|quan|ran|rao|ren|rong|ruan|rui|sang|sha|shan"
    "|shang|shao|she|shen|sheng|shi|shu|shui|si|song|su|sui|sun|tan|tang|tao|teng|tian|tong|tu|wan|wang|wei|wen"
    "|weng|wo|wu|xi|xia|xian|xiang|xiao|xie|xin|xing|xiong|xu|xue|yan|yang|yao|ye|yi|yin|ying|yong|you|yu|yuan"
    "|yue|yun|zang|zeng|zha|zhai|zhan|zhang|zhao|zhen|zheng|zhong|zhou|zhu|zhuang|zhuo|zi|zong|zou|zu|zuo"
    "|dongfang|huangfu|linghu|ouyang|shangguan|situ|sima|xiahou|zhuge"
)
# The hundred names that most people in China have (census of 2020), which are fewer in Pinyin.
_FREQUENT_FAMILY = re.compile(
    "bai|cai|cao|chang|chen|cheng|cui|dai|deng|ding|dong|du|fan|fang|feng|fu|gao|gong|gu|guo|han|hao|he|hou|hu|huang"
    "|jia|jiang|jin|kong|lei|li|liang|liao|lin|liu|long|lu|luo|lv|ma|mao|meng|mo|pan|peng|qian|qin|qiu|ren|shao|shen"
    "|shi|song|su|sun|tan|tang|tao|tian|wan|wang|wei|wu|xia|xiang|xiao|xie|xiong|xu|xue|yan|yang|yao|ye|yin|yu|yuan"
    "|zeng|zhang|zhao|zheng|zhong|zhou|zhu|zou"
)
_FINALS = (
    "iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|ü|v"
)
_SYLLABLE = f"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINALS})"
_PINYIN_GIVEN = re.compile(f"{_SYLLABLE}(?:[ '’-]?{_SYLLABLE}){{0,2}}", re.IGNORECASE)
# Family names of Korea, Hong Kong, Taiwan and Singapore, before a given name of two syllables: “Ban Ki-moon”.
_OTHER_FAMILY = re.compile(
    "ahn|bae|baek|ban|chan|chang|cheong|cheung|cho|choi|chow|chu|chung|fung|ha|han|ho|hong|huh|hui|hwang|im|jang"
    "|jeon|jeong|jo|jung|kang|kim|ko|kwok|kwon|lai|lam|lau|lee|leung|lim|ma|moon|nam|ng|oh|pak|park|roh|ryu|seo"
    "|shin|sohn|son|song|suh|tam|tsai|tsang|tse|tsui|wong|woo|yang|yeung|yi|yim|yip|yoo|yoon|yu|yun"
)
_ONE_SYLLABLE = "[A-Z]?[b-df-hj-np-tv-xz]{0,2}[aeiouy]+(?:ng|[bghklmnprstw])?"
_TWO_SYLLABLES = re.compile(f"[A-Z][a-z]+-[a-z]+|{_ONE_SYLLABLE} {_ONE_SYLLABLE}")
# After which a given name stands, whatever it is.
_VIETNAMESE_FAMILY = re.compile("nguyen|nguyễn|tran|trần|pham|phạm|huynh|huỳnh")


def read_name(text: str) -> NameParts:
    """Return the parts of a name in Latin letters. Put together, they give the name as it is printed, except for a
    comma after the family name, as in “Smith, John”, and for capitals."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and family and given:
        order = NameOrder.FAMILY_FIRST if _is_family_first(family, given) else NameOrder.GIVEN_FIRST
        return NameParts(_readable(family), given=given, order=order)
    words = text.replace(",", " ").split()
    if len(words) < 2:
        return NameParts("".join(words))
    place = _family_place(words)
    if place == 0:
        length = _leading_capitals(words) or 1
        return NameParts(_readable(" ".join(words[:length])), given=" ".join(words[length:]))
    given_first = {"given": " ".join(words[:place]), "order": NameOrder.GIVEN_FIRST}
    return NameParts(_readable(" ".join(words[place:])), **given_first)


def _family_place(words: list[str]) -> int:
    """Return with which word the family name begins; 0 if it comes first."""
    if _leading_capitals(words):
        return 0
    if _is_family_first(words[0], " ".join(words[1:])) and not _is_turned(words):
        return 0
    last = len(words) - 1
    while last > 1 and _SUFFIX.fullmatch(words[last]):
        last -= 1
    capitals = [place for place, word in enumerate(words) if place and _CAPITALS.fullmatch(word)]
    if capitals and not _CAPITALS.fullmatch(words[0]):
        last = min(capitals[0], last)
    while last > 1 and _PARTICLES.fullmatch(words[last - 1].lower()):
        last -= 1
    return last


def _leading_capitals(words: list[str]) -> int:
    """Return how many words in capitals come first, before others that are not: “VAN DIJK Jan”."""
    return next((place for place, word in enumerate(words) if not _CAPITALS.fullmatch(word)), 0)


def _is_family_first(family: str, given: str) -> bool:
    """Return True if a family name such as this one stands before the given name."""
    name = family.lower()
    if _VIETNAMESE_FAMILY.fullmatch(name):
        return True
    is_pinyin = _PINYIN_FAMILY.fullmatch(name) and _PINYIN_GIVEN.fullmatch(given)
    return bool(is_pinyin or (_OTHER_FAMILY.fullmatch(name) and _TWO_SYLLABLES.fullmatch(given)))


def _is_turned(words: list[str]) -> bool:
    """Return True for a Chinese name as other languages turn it, such as “Na Li”: many people have the last word as
    their family name, and few the first."""
    first, last = words[0].lower(), words[-1].lower()
    return len(words) == 2 and bool(_FREQUENT_FAMILY.fullmatch(last)) and not _FREQUENT_FAMILY.fullmatch(first)


def _readable(family: str) -> str:
    """Return a family name in capitals as other texts print it."""
    words = family.split()
    return " ".join(
        word.title() if _CAPITALS.fullmatch(word) and not _SUFFIX.fullmatch(word) else word for word in words
    )

"""Comparison of two versions of an item, without showing markup."""

import datetime as dt
from typing import Any

import pytest

from postportal.publishing.diff.side_by_side import Side
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.comparison import EMPTY_CONTENT, FieldDifference, differences
from tests.factories import images, news, pages, services

pytestmark = pytest.mark.django_db


def content(row: Any) -> dict[str, Any]:
    return snapshots.serialize(type(row)._default_manager.get(pk=row.pk))


def shown(side: Side | None, *, sign: str) -> str:
    """Return a side as text: [-old-], [+new+], cells separated by |, after the kind of block."""
    if side is None:
        return "–"
    cells = []
    for cell in side.cells:
        texts = []
        for span in cell:
            text = span.text + (f"<{', '.join(span.marks)}>" if span.marks else "")
            texts.append(f"[{sign}{text}{sign}]" if span.is_changed else text)
        cells.append("".join(texts))
    return (f"{side.kind}: " if side.kind else "") + "|".join(cells)


def pairs(difference: FieldDifference) -> list[tuple[str, str]]:
    return [
        (shown(line.old, sign="-"), shown(line.new, sign="+"))
        for group in difference.groups
        for fold in group.folds
        for line in fold.lines
        if not line.is_same
    ]


def body(old: str, new: str) -> list[tuple[str, str]]:
    page = pages.page(body=old)
    before = content(page)
    page.body = new
    page.save()
    changes = differences(type(page), before, content(page))
    return [pair for difference in changes for pair in pairs(difference)]


def test_only_changed_words_of_a_paragraph_are_marked() -> None:
    assert body("<p>By rail.</p><p>At night.</p>", "<p>By rail.</p><p>At noon.</p>") == [
        ("Paragraph: At [-night-].", "Paragraph: At [+noon+].")
    ]


def test_table_rows_are_compared_cell_by_cell() -> None:
    old = "<table><tr><th>Zone</th><th>Price</th></tr><tr><td>Home</td><td>1.20 yuan</td></tr></table>"

    assert body(old, old.replace("1.20", "1.50")) == [
        ("Table row: Home|1.[-20-] yuan", "Table row: Home|1.[+50+] yuan")
    ]


def test_row_added_to_a_table_is_one_row() -> None:
    old = "<table><tr><td>Home</td><td>1</td></tr><tr><td>Away</td><td>2</td></tr></table>"
    new = old.replace("<tr><td>Away", "<tr><td>Near</td><td>5</td></tr><tr><td>Away")

    assert body(old, new) == [("–", "Table row: [+Near+]|[+5+]")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>The mail</p>", "<h2>The mail</h2>", ("Paragraph: The mail", "Heading 2: The mail")),
        ("<p>mail</p>", "<p><strong>mail</strong></p>", ("Paragraph: [-mail-]", "Paragraph: [+mail<bold>+]")),
        (
            '<p><a href="/a/">mail</a></p>',
            '<p><a href="/b/">mail</a></p>',
            ("Paragraph: [-mail<link to /a/>-]", "Paragraph: [+mail<link to /b/>+]"),
        ),
        ("<ul><li>mail</li></ul>", "<ol><li>mail</li></ol>", ("List › Item: mail", "Numbered list › Item: mail")),
        (
            '<p>A <span lang="fr">mail</span></p>',
            '<p>A <span lang="en">mail</span></p>',
            ("Paragraph: A [-mail<lang=fr>-]", "Paragraph: A [+mail<lang=en>+]"),
        ),
    ],
)
def test_structure_is_part_of_the_comparison(old: str, new: str, expected: tuple[str, str]) -> None:
    assert body(old, new) == [expected]


def test_rewritten_phrase_is_one_change() -> None:
    assert body("<p>We go home soon now.</p>", "<p>We stay away here now.</p>") == [
        ("Paragraph: We [-go home soon-] now.", "Paragraph: We [+stay away here+] now.")
    ]


def test_chinese_is_compared_character_by_character() -> None:
    assert body("<p>中国邮政</p>", "<p>中华邮政</p>") == [("Paragraph: 中[-国-]邮政", "Paragraph: 中[+华+]邮政")]


def test_rewritten_paragraphs_are_paired_after_an_added_one() -> None:
    old = "<p>First comes the mail by rail.</p><p>Then comes the mail by road.</p>"
    new = "<p>Nobody expected this at all.</p><p>First comes the mail by boat.</p><p>Then comes the mail by air.</p>"

    assert body(old, new) == [
        ("–", "Paragraph: [+Nobody expected this at all.+]"),
        ("Paragraph: First comes the mail by [-rail-].", "Paragraph: First comes the mail by [+boat+]."),
        ("Paragraph: Then comes the mail by [-road-].", "Paragraph: Then comes the mail by [+air+]."),
    ]


def test_long_unchanged_text_is_folded() -> None:
    lines = "".join(f"<p>Line {number}</p>" for number in range(20))
    page = pages.page(body=f"{lines}<p>End</p>")
    before = content(page)
    page.body = f"{lines}<p>Stop</p>"
    page.save()

    [difference] = differences(type(page), before, content(page))

    assert [(fold.is_folded, len(fold.lines)) for fold in difference.groups[0].folds] == [(True, 19), (False, 2)]


def test_fields_tags_and_pictures_are_named() -> None:
    picture, other = images.image(title="A van"), images.image(title="A boat")
    article = news.article("Old", tags=["rail", "night"], lead_image=picture, section=news.section("News"))
    before = content(article)
    article.title, article.lead_image, article.section, article.is_featured = "New", other, news.section("Story"), True
    article.save()
    article.tags.set(["night", "snow"])

    found = {row.label: pairs(row) for row in differences(type(article), before, content(article))}

    assert found == {
        "Title": [("[-Old-]", "[+New+]")],
        "Section": [("[-News-]", "[+Story+]")],
        "Lead picture": [("A [-van-]", "A [+boat+]")],
        "Lead story": [("[-No-]", "[+Yes+]")],
        "Tags": [("[-rail-]", "–"), ("–", "[+snow+]")],
    }


def test_pictures_with_the_same_name_are_distinguished() -> None:
    article = news.article(lead_image=images.image(title="A van"))
    before, first = content(article), article.lead_image_id
    article.lead_image = images.image(title="A van")
    article.save()

    [difference] = differences(type(article), before, content(article))

    assert (difference.is_only_value, pairs(difference)) == (True, [(f"[-{first}-]", f"[+{article.lead_image_id}+]")])


def test_child_rows_are_matched_by_key() -> None:
    issue = services.stamp_issue()
    changed, moved, removed = (services.stamp(issue, position=number) for number in (1, 2, 3))
    same = services.stamp(issue, position=9, name="Stays")
    before = content(issue)
    changed.name = "Night courier 1"
    changed.save()
    removed.delete()
    type(moved).objects.filter(pk=moved.pk).update(position=7)
    services.stamp(issue, position=4, name="Rider")

    [stamps] = differences(type(issue), before, content(issue))

    assert stamps.label == "Stamps"
    assert [(group.state, group.title) for group in stamps.groups] == [
        ("Changed", "Night courier 1"),
        ("Removed", "Courier 3"),
        ("Added", "Rider"),
        ("Moved", "Courier 2"),
    ]
    assert same.name not in [group.title for group in stamps.groups]


def test_row_with_a_provisional_key_is_matched_after_publication() -> None:
    article, person = news.article(), news.person("Zhou")
    mention = news.mention(person, article=article, label="Zhou")
    published = content(article)
    unpublished = content(article)
    unpublished["parts"]["mentions"][0] |= {"pk": -12345, "label": "Ms Zhou"}

    [mentions] = differences(type(article), unpublished, published)

    assert [group.state for group in mentions.groups] == ["Changed"]
    assert mention.pk > 0


def test_deleted_related_row_is_shown_as_deleted() -> None:
    article, section = news.article(), news.section("Short-lived")
    article.section = section
    article.save()
    before = content(article)
    article.section = news.section()
    article.save()
    key = section.pk
    section.delete()

    [difference] = differences(type(article), before, content(article))

    assert pairs(difference) == [(f"[-no. {key} (deleted)-]", "[+News+]")]


def test_first_version_is_compared_with_empty_content() -> None:
    issue = services.stamp_issue("Mail roads", tags=["roads"])
    services.stamp(issue)

    labels = {row.label for row in differences(type(issue), EMPTY_CONTENT, content(issue))}

    assert {"Title", "Themes", "Stamps"} <= labels


def test_removed_fields_of_the_model_are_still_shown() -> None:
    page = pages.page()
    before = content(page)
    before["fields"]["subtitle"] = "Of old"
    before["parts"]["asides"] = [{"pk": 1, "text": "Of old"}]

    assert [row.label for row in differences(type(page), before, content(page))] == ["Subtitle", "Asides"]


def test_number_of_queries_does_not_depend_on_the_number_of_rows(django_assert_num_queries: Any) -> None:
    article = news.article(source=news.source())
    for _ in range(5):
        news.mention(news.person(), article=article)
        news.mention(news.organization(), article=article)
    full = content(article)

    # Sections, sources, people and organizations.
    with django_assert_num_queries(4):
        differences(type(article), EMPTY_CONTENT, full)


def test_blocks_of_a_large_reordered_text_are_paired_in_order() -> None:
    paragraphs = [
        " ".join(f"w{(number * 7919 + word * 104_729) % 3000}" for word in range(80)) for number in range(220)
    ]
    old = "".join(f"<p>{text}</p>" for text in paragraphs)
    new = "".join(f"<p>Then {text.replace('w1', 'v1')} and so on.</p>" for text in paragraphs[::-1])
    assert len(old) > 100_000
    before, after = ({**EMPTY_CONTENT, "fields": {"body": text}} for text in (old, new))

    (difference,) = differences(type(pages.page()), before, after)

    lines = [line for fold in difference.groups[0].folds for line in fold.lines]
    # Too many pairs to compare: each paragraph is paired with the one in the same place.
    assert len(lines) == 220
    assert all(line.old and line.new and not line.is_same for line in lines)


def test_dates_times_and_partners_are_shown_in_words() -> None:
    partner, gone = news.organization("Highland Post"), news.organization("Lowland Post")
    issue = services.stamp_issue(kind="special", issued_on=dt.date(2026, 3, 20))
    issue.partners.set([partner, gone])
    before = content(issue)
    issue.issued_on, issue.kind = dt.date(2026, 3, 21), "definitive"
    issue.expire_at = dt.datetime(2027, 1, 1, 16, tzinfo=dt.UTC)
    issue.save()
    issue.partners.clear()
    key = gone.pk
    gone.delete()

    found = {row.label: pairs(row) for row in differences(type(issue), before, content(issue))}

    assert found == {
        "Type": [("[-Special-]", "[+Definitive+]")],
        "Date of issue": [("[-20-] March 2026", "[+21+] March 2026")],
        "Public until": [("–", "[+2 January 2027, 00:00+]")],
        "Partner postal operators": [("[-Highland Post-]", "–"), (f"[-no. {key} (deleted)-]", "–")],
    }

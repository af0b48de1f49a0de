import pytest

from postportal.richtext.fields import RichTextField


def test_blocks_have_no_markup() -> None:
    field = RichTextField()

    blocks = field.to_blocks(
        "<p>a &lt;script&gt; b</p><blockquote><p>c</p><footer>d</footer></blockquote><hr><p>e<br>f</p>"
    )

    assert [(block.kind, "".join(word.text for word in block.words)) for block in blocks] == [
        ("Paragraph", "a <script> b"),
        ("Quote", "c"),
        ("Quote › Attribution", "d"),
        ("Dividing line", ""),
        ("Paragraph", "e\nf"),
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<td><p>a</p><p>b</p></td><td>c</td>", [("Table row", "a\nb|c")]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", [("List › Item", "a"), ("List › Item › List › Item", "b")]),
        ('<div class="inset"><p>a</p></div>', [("Notice", "a")]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", [("Term", "a"), ("Definition", "b")]),
        ("<pre>a\n  b</pre>", [("Preformatted text", "a\n  b")]),
        (
            '<figure><img src="/media/a.webp" alt="Van"><figcaption>b</figcaption></figure>',
            [("", "[Picture: Van]"), ("Caption", "b")],
        ),
        ('<p><img src="/media/a.webp" alt=""></p>', [("Paragraph", "[Picture: no alternative text]")]),
        # Markup that the sanitizer would not let pass.
        ('a<span><p>b</p>c</span><a href="/x/"><p>d</p></a>e', [("", "a"), ("Paragraph", "b"), ("", "c")]),
        ("<b><i>", []),
    ],
)
def test_blocks_keep_the_structure(html: str, expected: list[tuple[str, str]]) -> None:
    html = f"<table><tr>{html}</tr></table>" if html.startswith("<td") else html

    found = [
        (block.kind, "".join("|" if word.is_border else word.text for word in block.words))
        for block in RichTextField().to_blocks(html)
    ]

    assert found[: len(expected) or None] == expected


def test_struck_words_are_marked() -> None:
    [block] = RichTextField().to_blocks("<p>a <s>b</s> <del>c</del> <ins>d</ins></p>")

    marks = {word.text: word.marks for word in block.words if word.text.strip()}
    assert marks == {"a": (), "b": ("struck through",), "c": ("deleted",), "d": ("inserted",)}

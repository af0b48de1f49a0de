"""Plain PDFs of one page for the demo, in Latin or Chinese letters, without a library and without fonts inside."""

_LATIN = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_CHINESE = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    " /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>"
)
_DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 7 0 R"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
)
_DESCRIPTOR = (
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)
# The codes of the text are Unicode already.
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
    "endcmap end end"
)
_LEADING = 22


def write_pdf(lines: list[str]) -> bytes:
    """Return a PDF of one A4 page with these lines. The second one is the heading."""
    is_latin = all(line.isascii() for line in lines)
    shown = [_line(line, is_heading=number == 1, is_latin=is_latin) for number, line in enumerate(lines)]
    content = f"BT 64 770 Td {_LEADING} TL\n{chr(10).join(shown)}\nET"
    page = "/Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page {page} >>",
        _stream(content),
        _LATIN if is_latin else _CHINESE,
        *([] if is_latin else [_DESCENDANT, _DESCRIPTOR, _stream(_TO_UNICODE)]),
    ]
    return _file(objects)


def _line(line: str, *, is_heading: bool, is_latin: bool) -> str:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    text = f"({escaped})" if is_latin else f"<{line.encode('utf-16-be').hex()}>"
    return f"/F1 {18 if is_heading else 11} Tf {text} Tj T*"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")

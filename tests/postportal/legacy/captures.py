"""Captured pages of an invented old site, in the form of real ones."""

NAVIGATION = """\
• Postman Story
  • Postal Equipments
  • 2019 Stamps
Postal Business: 8610 11185
Postal Savings: 8610 95580
Logistics and EMS: 8610 11183
China Post Life: 8610 4008909999
"""
FOOTER = """\
Register number: 京ICP备10203040号 京公网安备110401400999号
Powered by HARBOUR POST | About Us | Sitemap | Contact Us |
"""
STAMP = """\
Lanterns of the Old Harbour
Supporting Information
Stamp Title: Lanterns of the Old Harbour
Serial Number: 2018-7
Piece in Set: 3+1
Denomination: 9.6 yuan
Date of Issue: 2018-05-12
Designer: Tang Mei & Orla Finch
Size of Stamp: 50*30mm
Perforation: 13.5
Sheet Composition: 16 for Layout Ⅰ and 8 for Layout Ⅱ
Printer: Harbour Stamp Works
Printing Technology: Photogravure
The first lantern hung above the customs house.

Collectors may order two FDC by letter.
"""


def capture_text(content: str, *, url: str = "", navigation: str = NAVIGATION, footer: str = FOOTER) -> str:
    """Return a whole captured page with this content."""
    first = f"{url}\n\n" if url else ""
    return f"{first}{navigation}{content}\n\n{footer}"


def news_text(
    *,
    title: str = "Harbour Post opens a night counter",
    dateline: str = "| Harbour Post |2019-05-20",
    body: str = "The counter opened on Monday.\n\nIt stays open until two in the morning.",
    url: str = "http://english.harbourpost.example/html1/report/1905/77-1.htm",
) -> str:
    return capture_text(f"{title}\n{title}\n{dateline}\n\n{body}", url=url)


def stamp_text(
    content: str = STAMP, *, url: str = "http://english.harbourpost.example/html1/stamp/1805/12-1.htm"
) -> str:
    return capture_text(content, url=url)


def year_list_text(*entries: str, heading: str = "2018 Stamps") -> str:
    lines = "\n\n".join(f"  • {entry}\n\n    A few words about it." for entry in entries)
    return capture_text(f"{heading}\n{lines}", url="http://english.harbourpost.example/html1/category/1801/9-1.htm")

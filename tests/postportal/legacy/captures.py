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


# One capture for each way the old pages are laid out. Those of stamps all say the same: 2018-7, two stamps, 2.40 yuan.
STAMP_LAYOUTS = {
    "table": """\
Lanterns
| Supporting Information | ||
| --- | --- |
| Stamp Title | Lanterns |
| | |
| Size of Souvenir Sheet | 120×80mm | Theme | Harbours |
| Booklet Price | 20 yuan |
| Sheetlet Perforation | 12 |
| Country | Nowhere |
| Serial No. | 2018-7 | Pieces in Set | 2 |
| Denomination | 2.4 yuan | Date of Issue | 2018-05-12 |
| Designer | Tang Mei |
| Perforation | 13½ × 13 |

The first lantern hung above the customs house.
""",
    "head of a table": """\
Lanterns
| Serial No. | Pieces in Set | Denomination | Date of Issue | Designer | Perforation |
| 2018-7 | 2 | 2.4 yuan | 2018-05-12 | Tang Mei | 13½ × 13 |
The first lantern hung above the customs house.
""",
    "cells below each other": """\
Lanterns
Serial Number
2018-7
Piece in Set:
2
Denomination:
2.4 yuan
Date of Issue:
2018-05-12
Designer:
Tang Mei
Perforation:
13½ × 13
The first lantern hung above the customs house.
""",
    "no colons": """\
Lanterns
Supporting Information
Serial Number 2018-7
Piece in Set 2
Denomination 2.4 yuan
Date of Issue 2018-05-12
Designer Tang Mei
Perforation 13½*13
The first lantern hung above the customs house.
""",
    "one line": """\
Lanterns
Serial Number: 2018-7  Piece in Set: 2Denomination: 2.4 yuan Date of Issue: 2018-05-12  Designer: Tang Mei  \
Perforation: 13½x13
The first lantern hung above the customs house.
""",
    "announcement": """\
中国邮政定于2018年5月12日发行《Lanterns》特种邮票1套2枚，全套邮票面值2.40元。
　志　　号：2018-7
图序图名：（2-1）T　海关灯　1.20元；（2-2）T　船灯　1.20元
小型张面值：6元
全套枚数2枚　全套面值2.40元
发行日期2018年5月12日
设计者：Tang Mei责任编辑：Lu Ping
齿孔度数：13½×13度
防伪方式：防伪纸张、荧光油墨
第一盏灯笼挂在海关楼上。
""",
    "sections": """\
Lanterns
Souvenir Sheet
Denomination: 6 yuan
Size: 120 × 80 mm
Booklet
Denomination: 20 yuan
Perforation: 12
Stamps
Serial Number: 2018-7
Piece in Set: 2
Denomination: 2.4 yuan
Date of Issue: May 12, 2018
Designed by: Tang Mei
Perforation: 13 1/2 × 13
The first lantern hung above the customs house.
""",
}
DATELINES = [
    "2022-08-03来源:Harbour Post",
    "来源：Harbour Post2022-08-03",
    "Source:Harbour Post2022-08-03",
    "2022年08月03日 10:20 来源：Harbour Post 作者：Tang Mei",
    "Date: 2022-08-03 09:15:30 Source: Harbour Post Editor: Lu Ping",
    "Harbour Post2022-08-03",
    "来源：Harbour Post\n时间：2022-08-03 10:20",
    "August 3, 2022 | Harbour Post",
    "Published: Aug 3, 2022 3:20 pm  Source: Harbour Post",
    "2022/08/03 10:20　字号：大 中 小　来源：Harbour Post",
]

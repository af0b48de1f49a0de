"""What comes of each attempt, for each role that may look: one letter for each of the roles in the head of a table, one
column for each place where the work can stand.

o done or shown, = done already, r refused with the reasons, x not allowed.
"own" is a draft of whoever tries; everything else was written by somebody else and moved on by a third.
"""

ARTICLE = """
roles: Author, Editor, Publisher, Viewer, administrator
attempt         |own        draft      review     approved   scheduled  live       beside     withdrawn  unpublished
change          |ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo
save            |oooxo      rooxo      rooxo      rooxo      xxxxx      rooxo      rooxo      rooxo      rooxo
delete          |oooxo      xooxo      xooxo      xooxo      xxxxx      xxoxo      xxoxo      xxoxo      xxoxo
history         |ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo
compare         |ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo
restore         |oooxo      xooxo      xooxo      xooxo      xxxxx      xooxo      xooxo      xooxo      xooxo
preview         |ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo
preview typed   |oooxo      xooxo      xooxo      xooxo      xxxxx      xooxo      xooxo      xooxo      xooxo
preview_revision|ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo      ooooo
share           |oooxo      xooxo      xooxo      xooxo      xooxo      xrrxr      xooxo      xrrxr      xrrxr
revoke          |oooxo      xooxo      xooxo      xooxo      xooxo      xooxo      xooxo      xooxo      xooxo
comment         |oooxo      oooxo      oooxo      oooxo      oooxo      oooxo      oooxo      oooxo      oooxo
comment_done    |oooxo      oooxo      oooxo      oooxo      oooxo      oooxo      oooxo      oooxo      oooxo
presence        |oooxo      xooxo      xooxo      xooxo      xxxxx      xooxo      xooxo      xooxo      xooxo
autosave        |oooxo      xooxo      xooxo      xooxo      xxxxx      xooxo      xooxo      xooxo      xooxo
release         |xooxo      xooxo      xooxo      xooxo      xooxo      xooxo      xooxo      xooxo      xooxo
step submit     |oooxo      xooxo      x==x=      x==x=      xxxxx      xrrxr      xooxo      xrrxr      xrrxr
step return     |x==x=      x==x=      xooxo      xooxo      xrrxr      xrrxr      x==x=      xrrxr      xrrxr
step approve    |xrrxr      xrrxr      xooxo      xooxo      xrrxr      xrrxr      xrrxr      xrrxr      xrrxr
step publish    |xrrxr      xooxo      xooxo      xooxo      xroxo      x==x=      xooxo      xrrxr      xroxo
step schedule   |xrrxr      xooxo      xooxo      xooxo      x==x=      xrrxr      xooxo      xrrxr      xroxo
step unschedule |x==x=      x==x=      xrrxr      xrrxr      xroxo      xrrxr      x==x=      xrrxr      xrrxr
step force      |xxoxo      xxoxo      xxoxo      xxoxo      xxrxr      xx=x=      xxoxo      xxrxr      xxrxr
step review     |xrrxr      xrrxr      xrrxr      xrrxr      xrrxr      xrrxr      xrrxr      xrrxr      xrrxr
step withdraw   |xxrxr      xxrxr      xxrxr      xxrxr      xxrxr      xxoxo      xxoxo      xx=x=      xxrxr
step unpublish  |xxrxr      xxrxr      xxrxr      xxrxr      xxrxr      xxoxo      xxoxo      xxoxo      xx=x=
step reinstate  |xxrxr      xxrxr      xxrxr      xxrxr      xxrxr      xx=x=      xxrxr      xxoxo      xxrxr
step discard    |rrrxr      xrrxr      xrrxr      xrrxr      xxxxx      xrrxr      xooxo      xrrxr      xrrxr
list publish    |rrrxr      rooxo      rooxo      rooxo      rroxo      rrrxr      rooxo      rrrxr      rroxo
list unpublish  |rrrxr      rrrxr      rrrxr      rrrxr      rrrxr      rroxo      rroxo      rroxo      rrrxr
list tag        |oooxo      xooxo      xooxo      xooxo      xxxxx      xooxo      xooxo      xooxo      xooxo
list delete     |oooxo      xooxo      xooxo      xooxo      xxxxx      xxoxo      xxoxo      xxoxo      xxoxo
"""

PAGE = """
roles: Editor, Publisher, Viewer, administrator
attempt         |draft      scheduled  live
change          |oooo       oooo       oooo
save            |ooxo       xxxx       ooxo
delete          |ooxo       xxxx       xoxo
history         |oooo       oooo       oooo
compare         |oooo       oooo       oooo
restore         |ooxo       xxxx       ooxo
preview         |oooo       oooo       oooo
preview typed   |ooxo       xxxx       ooxo
preview_revision|oooo       oooo       oooo
share           |ooxo       ooxo       rrxr
revoke          |ooxo       ooxo       ooxo
comment         |ooxo       ooxo       ooxo
comment_done    |ooxo       ooxo       ooxo
presence        |ooxo       xxxx       ooxo
autosave        |ooxo       xxxx       ooxo
release         |ooxo       ooxo       ooxo
step submit     |ooxo       xxxx       rrxr
step return     |==x=       rrxr       rrxr
step approve    |rrxr       rrxr       rrxr
step publish    |ooxo       roxo       ==x=
step schedule   |ooxo       ==x=       rrxr
step unschedule |==x=       roxo       rrxr
step force      |xoxo       xrxr       x=x=
step review     |rrxr       rrxr       rrxr
step withdraw   |xrxr       xrxr       xoxo
step unpublish  |xrxr       xrxr       xoxo
step reinstate  |xrxr       xrxr       x=x=
step discard    |rrxr       xxxx       rrxr
list publish    |ooxo       roxo       rrxr
list unpublish  |rrxr       rrxr       roxo
list tag        |rrxr       rrxr       rrxr
list delete     |ooxo       xxxx       xoxo
"""

ISSUE = """
roles: Editor, Publisher, Philatelist, Viewer, administrator
attempt         |draft      scheduled  live
change          |ooooo      ooooo      ooooo
save            |xooxo      xxxxx      xooxo
delete          |xxoxo      xxxxx      xxoxo
history         |ooooo      ooooo      ooooo
compare         |ooooo      ooooo      ooooo
restore         |xooxo      xxxxx      xooxo
preview         |ooooo      ooooo      ooooo
preview typed   |xooxo      xxxxx      xooxo
preview_revision|ooooo      ooooo      ooooo
share           |xooxo      xooxo      xrrxr
revoke          |xooxo      xooxo      xooxo
comment         |xooxo      xooxo      xooxo
comment_done    |xooxo      xooxo      xooxo
presence        |xooxo      xxxxx      xooxo
autosave        |xooxo      xxxxx      xooxo
release         |xooxo      xooxo      xooxo
step submit     |xooxo      xxxxx      xrrxr
step return     |x==x=      xrrxr      xrrxr
step approve    |xrrxr      xrrxr      xrrxr
step publish    |xooxo      xooxo      x==x=
step schedule   |xooxo      x==x=      xrrxr
step unschedule |x==x=      xooxo      xrrxr
step force      |xooxo      xrrxr      x==x=
step review     |xrrxr      xrrxr      xrrxr
step withdraw   |xrrxr      xrrxr      xooxo
step unpublish  |xrrxr      xrrxr      xooxo
step reinstate  |xrrxr      xrrxr      x==x=
step discard    |xrrxr      xxxxx      xrrxr
list publish    |xooxo      xooxo      xrrxr
list unpublish  |xrrxr      xrrxr      xooxo
list tag        |xooxo      xxxxx      xooxo
list delete     |xroxo      xrxxx      xroxo
"""

TABLES = {"article": ARTICLE, "page": PAGE, "issue": ISSUE}

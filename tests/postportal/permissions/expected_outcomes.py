"""Expected outcome of each request, for each role that may view the item: one letter for each role in the head of a
table, one column for each stage of the item.

o done or shown, = already done, r refused with the reasons, x denied.
"own" is a draft of the user who makes the request, "own_live" a live item with their correction. Other items were
written by a second user and moved on by a third.
"""

ARTICLE = """
roles: Author, Editor, Publisher, Viewer, administrator
request         |own   own_live draft review approved scheduled live  correction withdrawn unpublished
change          |ooooo ooooo    ooooo ooooo  ooooo    ooooo     ooooo ooooo      ooooo     ooooo
save            |oooxo oooxo    rooxo rooxo  rooxo    xxxxx     rooxo rooxo      rooxo     rooxo
delete          |oooxo xxoxo    xooxo xooxo  xooxo    xxxxx     xxoxo xxoxo      xxoxo     xxoxo
history         |ooooo ooooo    ooooo ooooo  ooooo    ooooo     ooooo ooooo      ooooo     ooooo
compare         |ooooo ooooo    ooooo ooooo  ooooo    ooooo     ooooo ooooo      ooooo     ooooo
restore         |oooxo oooxo    xooxo xooxo  xooxo    xxxxx     xooxo xooxo      xooxo     xooxo
preview         |ooooo ooooo    ooooo ooooo  ooooo    ooooo     ooooo ooooo      ooooo     ooooo
preview unsaved |oooxo oooxo    xooxo xooxo  xooxo    xxxxx     xooxo xooxo      xooxo     xooxo
preview_revision|ooooo ooooo    ooooo ooooo  ooooo    ooooo     ooooo ooooo      ooooo     ooooo
share           |oooxo oooxo    xooxo xooxo  xooxo    xooxo     xrrxr xooxo      xrrxr     xrrxr
revoke          |oooxo oooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
comment         |oooxo oooxo    oooxo oooxo  oooxo    oooxo     oooxo oooxo      oooxo     oooxo
comment_done    |oooxo oooxo    oooxo oooxo  oooxo    oooxo     oooxo oooxo      oooxo     oooxo
people hand-over|oooxo oooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
people assign   |xooxo xooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
presence        |oooxo oooxo    xooxo xooxo  xooxo    xxxxx     xooxo xooxo      xooxo     xooxo
autosave        |oooxo oooxo    xooxo xooxo  xooxo    xxxxx     xooxo xooxo      xooxo     xooxo
release         |xooxo xooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
duplicate       |oooxo oooxo    oooxo oooxo  oooxo    oooxo     oooxo oooxo      oooxo     oooxo
save_template   |oooxo oooxo    oooxo oooxo  oooxo    oooxo     oooxo oooxo      oooxo     oooxo
step submit     |oooxo oooxo    xooxo x==x=  x==x=    xxxxx     xrrxr xooxo      xrrxr     xrrxr
step return     |x==x= x==x=    x==x= xooxo  xooxo    xrrxr     xrrxr x==x=      xrrxr     xrrxr
step approve    |xrrxr xrrxr    xrrxr xooxo  xooxo    xrrxr     xrrxr xrrxr      xrrxr     xrrxr
step publish    |xrrxr xrrxr    xooxo xooxo  xooxo    xroxo     x==x= xooxo      xrrxr     xroxo
step schedule   |xrrxr xrrxr    xooxo xooxo  xooxo    x==x=     xrrxr xooxo      xrrxr     xroxo
step unschedule |x==x= x==x=    x==x= xrrxr  xrrxr    xroxo     xrrxr x==x=      xrrxr     xrrxr
step force      |xxoxo xxoxo    xxoxo xxoxo  xxoxo    xxrxr     xx=x= xxoxo      xxrxr     xxrxr
step review     |xrrxr xrrxr    xrrxr xrrxr  xrrxr    xrrxr     xrrxr xrrxr      xrrxr     xrrxr
step withdraw   |xxrxr xxoxo    xxrxr xxrxr  xxrxr    xxrxr     xxoxo xxoxo      xx=x=     xxrxr
step unpublish  |xxrxr xxoxo    xxrxr xxrxr  xxrxr    xxrxr     xxoxo xxoxo      xxoxo     xx=x=
step reinstate  |xxrxr xxrxr    xxrxr xxrxr  xxrxr    xxrxr     xx=x= xxrxr      xxoxo     xxrxr
step discard    |rrrxr oooxo    xrrxr xrrxr  xrrxr    xxxxx     xrrxr xooxo      xrrxr     xrrxr
bulk publish    |rrrxr rrrxr    rooxo rooxo  rooxo    rroxo     rrrxr rooxo      rrrxr     rroxo
bulk submit     |oooxo oooxo    xooxo xrrxr  xrrxr    xxxxx     xrrxr xooxo      xrrxr     xrrxr
bulk approve    |rrrxr rrrxr    rrrxr rooxo  rooxo    rrrxr     rrrxr rrrxr      rrrxr     rrrxr
bulk withdraw   |rrrxr rroxo    rrrxr rrrxr  rrrxr    rrrxr     rroxo rroxo      rrrxr     rrrxr
bulk language   |oooxo xxxxx    xooxo xooxo  xooxo    xxxxx     xxxxx xxxxx      xxxxx     xxxxx
bulk unpublish  |rrrxr rroxo    rrrxr rrrxr  rrrxr    rrrxr     rroxo rroxo      rroxo     rrrxr
bulk tag        |oooxo xooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
bulk untag      |oooxo xooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
bulk section    |oooxo xooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
bulk source     |oooxo xooxo    xooxo xooxo  xooxo    xooxo     xooxo xooxo      xooxo     xooxo
bulk refresh    |rooxo rooxo    rooxo rooxo  rooxo    rooxo     rooxo rooxo      rooxo     rooxo
bulk delete     |oooxo xxoxo    xooxo xooxo  xooxo    xxxxx     xxoxo xxoxo      xxoxo     xxoxo
"""

PAGE = """
roles: Editor, Publisher, Viewer, administrator
request         |draft      scheduled  live
change          |oooo       oooo       oooo
save            |ooxo       xxxx       ooxo
delete          |ooxo       xxxx       xoxo
history         |oooo       oooo       oooo
compare         |oooo       oooo       oooo
restore         |ooxo       xxxx       ooxo
preview         |oooo       oooo       oooo
preview unsaved |ooxo       xxxx       ooxo
preview_revision|oooo       oooo       oooo
share           |ooxo       ooxo       rrxr
revoke          |ooxo       ooxo       ooxo
comment         |ooxo       ooxo       ooxo
comment_done    |ooxo       ooxo       ooxo
people hand-over|ooxo       ooxo       ooxo
people assign   |ooxo       ooxo       ooxo
presence        |ooxo       xxxx       ooxo
autosave        |ooxo       xxxx       ooxo
release         |ooxo       ooxo       ooxo
duplicate       |ooxo       ooxo       ooxo
save_template   |ooxo       ooxo       ooxo
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
bulk publish    |ooxo       roxo       rrxr
bulk submit     |ooxo       xxxx       rrxr
bulk approve    |rrxr       rrxr       rrxr
bulk withdraw   |rrxr       rrxr       roxo
bulk language   |ooxo       xxxx       xxxx
bulk unpublish  |rrxr       rrxr       roxo
bulk tag        |rrxr       rrxr       rrxr
bulk untag      |rrxr       rrxr       rrxr
bulk section    |rrxr       rrxr       rrxr
bulk source     |rrxr       rrxr       rrxr
bulk refresh    |rrxr       rrxr       rrxr
bulk delete     |ooxo       xxxx       xoxo
"""

ISSUE = """
roles: Editor, Publisher, Philatelist, Viewer, administrator
request         |draft      scheduled  live
change          |ooooo      ooooo      ooooo
save            |xooxo      xxxxx      xooxo
delete          |xxoxo      xxxxx      xxoxo
history         |ooooo      ooooo      ooooo
compare         |ooooo      ooooo      ooooo
restore         |xooxo      xxxxx      xooxo
preview         |ooooo      ooooo      ooooo
preview unsaved |xooxo      xxxxx      xooxo
preview_revision|ooooo      ooooo      ooooo
share           |xooxo      xooxo      xrrxr
revoke          |xooxo      xooxo      xooxo
comment         |xooxo      xooxo      xooxo
comment_done    |xooxo      xooxo      xooxo
people hand-over|xooxo      xooxo      xooxo
people assign   |xooxo      xooxo      xooxo
presence        |xooxo      xxxxx      xooxo
autosave        |xooxo      xxxxx      xooxo
release         |xooxo      xooxo      xooxo
duplicate       |xxoxo      xxoxo      xxoxo
save_template   |xxoxo      xxoxo      xxoxo
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
bulk publish    |xooxo      xooxo      xrrxr
bulk submit     |xooxo      xxxxx      xrrxr
bulk approve    |xrrxr      xrrxr      xrrxr
bulk withdraw   |xrrxr      xrrxr      xooxo
bulk language   |xrrxr      xrrxr      xrrxr
bulk unpublish  |xrrxr      xrrxr      xooxo
bulk tag        |xooxo      xooxo      xooxo
bulk untag      |xooxo      xooxo      xooxo
bulk section    |xrrxr      xrrxr      xrrxr
bulk source     |xrrxr      xrrxr      xrrxr
bulk refresh    |xrrxr      xrrxr      xrrxr
bulk delete     |xroxo      xrxxx      xroxo
"""

TABLES = {"article": ARTICLE, "page": PAGE, "issue": ISSUE}

from postportal.search.models.index import IndexBlock, IndexEntry, Posting, Word, WriteLock
from postportal.search.models.pinned_result import PinnedResult
from postportal.search.models.site_page import SitePage
from postportal.search.models.synonym import Synonym
from postportal.search.models.zero_result_search import ZeroResultSearch

__all__ = [
    "IndexBlock",
    "IndexEntry",
    "PinnedResult",
    "Posting",
    "SitePage",
    "Synonym",
    "Word",
    "WriteLock",
    "ZeroResultSearch",
]

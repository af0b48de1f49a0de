from postportal.search.admin.pinned_result import PinnedResultAdmin
from postportal.search.admin.synonym import SynonymAdmin
from postportal.search.admin.zero_result_search import ZeroResultSearchAdmin

__all__ = ["PinnedResultAdmin", "SynonymAdmin", "ZeroResultSearchAdmin"]

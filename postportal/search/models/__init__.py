from postportal.search.models.index import Block, Entry, Posting, Turn, Word
from postportal.search.models.pinned_result import PinnedResult
from postportal.search.models.synonym import Synonym
from postportal.search.models.zero_result_search import VainSearch

__all__ = ["Block", "Entry", "PinnedResult", "Posting", "Synonym", "Turn", "VainSearch", "Word"]

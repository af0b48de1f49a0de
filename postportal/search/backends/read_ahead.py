"""Documents that are analysed before the lock of the index is taken."""

from collections.abc import Iterable

from postportal.search.backends.document_reader import DocumentTerms, get_reader
from postportal.search.documents import Document

# From so many rows on it is worth loading them twice.
MIN_READ_AHEAD = 64


class ReadAhead:
    """Readings of documents as they were before the lock was taken, by their fingerprints."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.reader = get_reader()
        self._readings = {(each.key, each.fingerprint): self.reader.read(each) for each in documents}

    def read(self, document: Document, fingerprint: str) -> DocumentTerms:
        """Return the reading of the document, which is made now if it has changed since."""
        return self._readings.get((document.key, fingerprint)) or self.reader.read(document)

"""Synonyms and pinned results of the demo's search."""

from postportal.demo.content_files import read_content
from postportal.demo.run import LoadRun
from postportal.search.models import PinnedResult, Synonym
from services.models import Hotline


def load_curation(run: LoadRun) -> None:
    """Add synonyms and pinned results, each only if editors have none of their own."""
    content = read_content("site")
    if not Synonym.objects.exists():
        for entry in content["synonyms"]:
            run.add(Synonym(**entry))
    if not PinnedResult.objects.exists():
        for entry in content["pinned"]:
            hotline = Hotline.objects.get(slug=entry["hotline"])
            run.add(PinnedResult(queries=entry["asked"], kind="hotline", object_id=hotline.pk))

from postportal.demo.content_files import read
from postportal.demo.run import Run
from postportal.search.models import PinnedResult, Synonym
from services.models import Hotline


def load_guidance(run: Run) -> None:
    """What editors tell the search. Their own lists are left alone as a whole."""
    content = read("site")
    if not Synonym.objects.exists():
        for entry in content["synonyms"]:
            run.add(Synonym(**entry))
    if not PinnedResult.objects.exists():
        for entry in content["pinned"]:
            hotline = Hotline.objects.get(slug=entry["hotline"])
            run.add(PinnedResult(asked=entry["asked"], kind="hotline", object_id=hotline.pk))

"""What happens when something is saved or deleted: the whole answer.

Each handler of ROUTES takes (model label, primary key), each of BATCHES (model label, primary keys): what one statement
can do for many. They read the rows anew (which may be gone) and can run twice without harm.
"""

NOTE_LINKS = "postportal.richtext.handlers.note_links"
REINDEX = "postportal.search.index.reindex"

ROUTES: dict[str, list[str]] = {
    "images.image": ["postportal.images.handlers.build"],
    "pages.contactmessage": ["postportal.pages.handlers.mail_message"],
    "publishing.comment": ["postportal.publishing.workflow.notifications.mail_comment"],
}

BATCHES: dict[str, list[str]] = {
    "news.article": [REINDEX, NOTE_LINKS],
    "news.organization": [REINDEX, NOTE_LINKS],
    "news.person": [REINDEX, NOTE_LINKS],
    "pages.page": [REINDEX, NOTE_LINKS],
    "services.hotline": [REINDEX],
    "services.service": [NOTE_LINKS],
    "services.stampissue": [REINDEX, NOTE_LINKS],
}

# A change of a part is a change of the row it belongs to: which that is, and where the part has its key.
PARTS: dict[str, tuple[str, str]] = {
    "news.mention": ("news.article", "article_id"),
    "news.organizationname": ("news.organization", "organization_id"),
    "news.personname": ("news.person", "person_id"),
    "services.hotlinenumber": ("services.hotline", "hotline_id"),
    "services.stamp": ("services.stampissue", "issue_id"),
}

# A change of a name is a change of all rows that bear it: which these are, and by what they know it.
NAMES: dict[str, list[tuple[str, str]]] = {
    "services.service": [("services.hotline", "service")],
    "taggit.tag": [("news.article", "tags"), ("services.stampissue", "tags")],
}


def is_routed(model: str) -> bool:
    return model in ROUTES or model in BATCHES

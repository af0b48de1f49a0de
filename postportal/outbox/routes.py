"""What happens when something is saved or deleted: the whole answer.

Each handler of ROUTES takes (model label, primary key), each of BATCHES (model label, primary keys): what one statement
can do for many. They read the rows anew (which may be gone) and can run twice without harm.
"""

UPDATE_LINKS = "postportal.richtext.handlers.update_text_links"
REINDEX = "postportal.search.index.reindex"

ROUTES: dict[str, list[str]] = {
    "images.image": ["postportal.images.handlers.build_renditions"],
    "pages.contactmessage": ["postportal.pages.handlers.mail_contact_message"],
    "publishing.comment": ["postportal.publishing.workflow.notifications.mail_comment"],
}

BATCH_ROUTES: dict[str, list[str]] = {
    "news.article": [REINDEX, UPDATE_LINKS],
    "news.organization": [REINDEX, UPDATE_LINKS],
    "news.person": [REINDEX, UPDATE_LINKS],
    "pages.page": [REINDEX, UPDATE_LINKS],
    "services.hotline": [REINDEX],
    "services.service": [UPDATE_LINKS],
    "services.stampissue": [REINDEX, UPDATE_LINKS],
}

# A change of a part is a change of the row it belongs to: which that is, and where the part has its key.
PARENTS: dict[str, tuple[str, str]] = {
    "news.mention": ("news.article", "article_id"),
    "news.organizationname": ("news.organization", "organization_id"),
    "news.personname": ("news.person", "person_id"),
    "services.hotlinenumber": ("services.hotline", "hotline_id"),
    "services.stamp": ("services.stampissue", "issue_id"),
}

# A change of a name is a change of all rows that bear it: which these are, and by what they know it.
DEPENDENT_ROWS: dict[str, list[tuple[str, str]]] = {
    "services.service": [("services.hotline", "service")],
    "taggit.tag": [("news.article", "tags"), ("services.stampissue", "tags")],
}


def is_routed(model: str) -> bool:
    return model in ROUTES or model in BATCH_ROUTES

"""Handlers that run when an object is saved or deleted: the complete list of those of the portal. Other apps add theirs
with `register_routes`.

A handler in ROUTES takes (model label, primary key). A handler in BATCH_ROUTES takes (model label, primary keys) and
handles many rows in one statement. Handlers read the rows again (they may be deleted by then) and must be safe to run
twice.
"""

UPDATE_LINKS = "postportal.richtext.handlers.update_text_links"
REINDEX = "postportal.search.index.reindex"
FIND_NUMBERS = "services.text_numbers.update_text_numbers"
FOLD_COUNTS = "news.kept_counts.fold"
FREEZE_MENTIONS = "news.frozen_mentions.freeze"
FIND_NAMES = "news.name_findings.update"
UPDATE_SITE_PAGES = "postportal.search.site_pages.update_pages"

ROUTES: dict[str, list[str]] = {
    "images.image": ["postportal.images.handlers.build_renditions"],
    "pages.contactmessage": ["postportal.pages.handlers.mail_contact_message"],
    "publishing.comment": ["postportal.publishing.workflow.notifications.mail_comment"],
}

BATCH_ROUTES: dict[str, list[str]] = {
    "documents.document": [
        "postportal.documents.handlers.read_texts",
        REINDEX,
        "postportal.documents.handlers.update_words",
    ],
    "news.article": [REINDEX, UPDATE_LINKS, FIND_NUMBERS, FOLD_COUNTS, FREEZE_MENTIONS, FIND_NAMES],
    "news.appointment": ["news.name_findings.forget_entered"],
    "news.namescan": ["news.name_findings.compare_again"],
    "news.organization": [REINDEX, UPDATE_LINKS, FIND_NUMBERS],
    "news.person": [REINDEX, UPDATE_LINKS, FIND_NUMBERS, "news.name_findings.forget_known", "news.name_scans.start"],
    "news.section": [UPDATE_SITE_PAGES],
    "pages.page": [REINDEX, UPDATE_LINKS, FIND_NUMBERS],
    "pages.snippet": [UPDATE_LINKS, FIND_NUMBERS, "postportal.pages.references.update_texts_with_snippets"],
    "services.hotline": [
        REINDEX,
        "services.references.update_plain_texts",
        "services.due_texts.plan",
        "services.text_numbers.update_texts_with_short_codes",
    ],
    "services.service": [UPDATE_LINKS, FIND_NUMBERS],
    "services.stampissue": [
        *(REINDEX, UPDATE_LINKS, FIND_NUMBERS, UPDATE_SITE_PAGES),
        "services.due_partners.plan",
        "services.warning_counts.store_warning_counts",
    ],
}

# What goes on for longer than a request, in bounded steps: `deliver_outbox` calls these functions at each run.
BACKGROUND_STEPS = [
    "news.name_scans.continue_unfinished",
    "news.name_findings.continue_comparing",
    "postportal.images.file_removal.remove_forgotten",
    "postportal.interchange.long_imports.continue_unfinished",
]

# A change of a child row is a change of its parent: child label -> parent label and foreign key column of the child.
PARENTS: dict[str, tuple[str, str]] = {
    "news.mention": ("news.article", "article_id"),
    "news.organizationname": ("news.organization", "organization_id"),
    "news.personname": ("news.person", "person_id"),
    "services.cataloguereference": ("services.stampissue", "issue_id"),
    "services.credit": ("services.stampissue", "issue_id"),
    "services.hotlinenumber": ("services.hotline", "hotline_id"),
    "services.partnerstamp": ("services.stampissue", "issue_id"),
    "services.stamp": ("services.stampissue", "issue_id"),
}

# A change of a name is a change of all rows that show it: label -> labels of those rows, and their field for the name.
# Of an appointment that is changed or deleted, the titles in articles about the person are compared again; of another
# name or title only if it differs (news/models/title_comparisons.py). Partners of joint issues are found by the search
# while they are public.
DEPENDENT_ROWS: dict[str, list[tuple[str, str]]] = {
    "news.appointment": [("news.namescan", "person__appointments")],
    "news.organization": [("services.stampissue", "partner_stamps__partner")],
    "services.service": [("services.hotline", "service")],
    "taggit.tag": [("news.article", "tags"), ("services.stampissue", "tags")],
}


def register_routes(model: str, *batch_handlers: str) -> None:
    """Run these handlers for the saved and deleted rows of a model of another app."""
    BATCH_ROUTES[model] = list(batch_handlers)


def is_routed(model: str) -> bool:
    return model in ROUTES or model in BATCH_ROUTES

"""What happens when something is saved or deleted: the whole answer.

Each handler takes (model label, primary key), reads the row anew (it may be gone) and can run twice without harm.
"""

NOTE_LINKS = "postportal.richtext.handlers.note_links"

ROUTES: dict[str, list[str]] = {
    "images.image": ["postportal.images.handlers.build"],
    "news.article": [NOTE_LINKS],
    "news.organization": [NOTE_LINKS],
    "news.person": [NOTE_LINKS],
    "pages.contactmessage": ["postportal.pages.handlers.mail_message"],
    "pages.page": [NOTE_LINKS],
    "publishing.comment": ["postportal.publishing.notices.mail_comment"],
    "services.service": [NOTE_LINKS],
    "services.stampissue": [NOTE_LINKS],
}

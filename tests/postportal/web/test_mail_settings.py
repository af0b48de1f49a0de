import environ
import pytest

from postportal.web.mail_settings import mail_settings


def settings_for(address: str, *, version: tuple[int, int]) -> dict[str, object]:
    return mail_settings(environ.Env.email_url_config(address), timeout=10, version=version)


def test_old_django_gets_the_email_settings() -> None:
    found = settings_for("smtp+tls://clerk:secret@mail.example:587", version=(5, 2))

    assert found == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_FILE_PATH": "",
        "EMAIL_HOST": "mail.example",
        "EMAIL_HOST_PASSWORD": "secret",
        "EMAIL_HOST_USER": "clerk",
        "EMAIL_PORT": 587,
        "EMAIL_TIMEOUT": 10,
        "EMAIL_USE_TLS": True,
    }


def test_new_django_gets_a_mailer() -> None:
    found = settings_for("smtp+tls://clerk:secret@mail.example:587", version=(6, 1))

    assert found["MAILERS"] == {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": "mail.example",
                "port": 587,
                "username": "clerk",
                "password": "secret",
                "use_tls": True,
                "timeout": 10,
            },
        }
    }


@pytest.mark.parametrize(
    ("address", "backend", "options"),
    [
        ("consolemail://", "console", {}),
        ("dummymail://", "dummy", {}),
        ("filemail:////var/mail/portal", "filebased", {"file_path": "/var/mail/portal"}),
    ],
)
def test_mailer_has_only_options_of_its_backend(address: str, backend: str, options: dict[str, str]) -> None:
    found = settings_for(address, version=(6, 1))

    mailer = {"BACKEND": f"django.core.mail.backends.{backend}.EmailBackend", "OPTIONS": options}
    assert found == {"MAILERS": {"default": mailer}}

"""Mail settings for the installed Django: MAILERS from 6.1 on, EMAIL_… before."""

from typing import Any

import django

_SMTP = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
}


def mail_settings(config: dict[str, Any], *, timeout: int, version: tuple[Any, ...] = django.VERSION) -> dict[str, Any]:
    """Return the settings for `config`, which is an EMAIL_URL parsed by django-environ. `timeout` is in seconds."""
    if version < (6, 1):
        return {**config, "EMAIL_TIMEOUT": timeout}
    backend = config["EMAIL_BACKEND"]
    options = {option: config[name] for option, name in _SMTP.items() if config.get(name)}
    if backend.endswith(".filebased.EmailBackend"):
        options = {"file_path": config["EMAIL_FILE_PATH"]}
    elif backend.endswith(".smtp.EmailBackend"):
        options["timeout"] = timeout
    else:
        # The other backends have no options and reject unknown ones.
        options = {}
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}

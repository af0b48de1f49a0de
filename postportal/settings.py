"""Settings, read from environment variables. .env.example describes all of them."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from postportal.web.mail_settings import mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# Required in production; development falls back to a fixed key.
SECRET_KEY = env.str("SECRET_KEY", default="development-only-key-never-used-with-debug-off" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Set it to at least 50 random characters.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. List the host names of the portal, separated by commas.")
# Names the portal in IDs of feeds and calendars; by default the first domain of ALLOWED_HOSTS.
SITE_URL = env.str("SITE_URL", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Optional apps: the demo content, and the import of pages captured from an old site.
DEMO = env.bool("DEMO", default=False)
LEGACY_IMPORT = env.bool("LEGACY_IMPORT", default=False)

INSTALLED_APPS = [
    "postportal.apps.PostPortalConfig",
    "postportal.publishing",
    "postportal.outbox",
    "postportal.staff.apps.StaffTablesConfig",
    "postportal.audit",
    "postportal.richtext",
    "postportal.images",
    "postportal.search",
    "postportal.pages",
    "news",
    "services",
    *(["postportal.legacy"] if LEGACY_IMPORT else []),
    *(["postportal.demo"] if DEMO else []),
    "taggit",
    "django_prose_editor",
    # The stock admin with our own admin site.
    "postportal.staff.apps.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, so that the redirect to https has the headers too.
    "postportal.web.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "postportal.web.security.CharsetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "postportal.web.languages.LanguageMiddleware",
    "postportal.pages.middleware.RedirectMiddleware",
    "postportal.pages.middleware.NotFoundMiddleware",
    "postportal.pages.middleware.GoneMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "postportal.audit.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "postportal.publishing.previews.as_of.AsOfMiddleware",
    "postportal.publishing.middleware.DueEditionsMiddleware",
]

# Templates and static files of one post, found before those of the portal (docs/how-to/theme-the-site.md).
THEME_DIR = env.str("THEME_DIR", default="")
if THEME_DIR and not Path(THEME_DIR).is_dir():
    raise ImproperlyConfigured(f"THEME_DIR is not a folder: {THEME_DIR}")
THEME_DIRS = [Path(THEME_DIR)] if THEME_DIR else []

ROOT_URLCONF = "postportal.urls"
WSGI_APPLICATION = "postportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [folder / "templates" for folder in [*THEME_DIRS, BASE_DIR]],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "postportal.site.context.page_context",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "postportal.templatetags.portal"],
        },
    }
]

# Data -----------------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if not DATABASES["default"].get("ENGINE"):
    raise ImproperlyConfigured("DATABASE_URL is not valid. See .env.example for the format.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # The defaults lose saves under several writers: a transaction that starts reading cannot always upgrade to writing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={'NORMAL' if DEBUG else 'FULL'};",
    }
    # Persistent connections can still read when the disk is full.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A database that accepts connections but never answers would block every thread for two minutes, even /healthz.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://postportal")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # A server that does not answer must cost no more than one that is down: the default of 5 seconds blocks threads.
    CACHES["default"]["OPTIONS"] = {
        "socket_connect_timeout": 0.5,
        "socket_timeout": 0.5,
        **CACHES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files ----------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [folder / "static" for folder in [*THEME_DIRS, BASE_DIR] if (folder / "static").is_dir()]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# In production, nginx serves the media files (docs/deploy.md); the application can do it without nginx.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=DEBUG)
STORAGES = {
    "default": {"BACKEND": env.str("MEDIA_STORAGE", default="postportal.images.storage.AtomicFileStorage")},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "postportal.web.static_files.JoinedStylesheetStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644

# Languages and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
# The language of staff pages, chosen there; public pages never get this cookie.
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "postportal" / "locale"]
FORMAT_MODULE_PATH = ["postportal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")

# Mail -----------------------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
vars().update(mail_settings(EMAIL_CONFIG, timeout=10))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# Staff accounts -------------------------------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# The refusal is always installed: demo accounts may be in the database while the demo is switched off.
AUTHENTICATION_BACKENDS = [
    "postportal.staff.demo_password.RefuseDemoPassword",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Security -------------------------------------------------------------------------------------------------------------

# Off only for local trials; production sites use TLS.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# IP addresses of proxies whose X-Forwarded-For header is trusted. A proxy on a socket file is always trusted.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
CSRF_FAILURE_VIEW = "postportal.pages.views.errors.csrf_failure"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Named as in Django 6; postportal.web.security sends the header on every version.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# Requests per minute and client (IPv4 address or IPv6 network); 0 for no limit. Searches on pages, in feeds and in CSV
# files; search suggestions; searches through the API.
SEARCH_RATE_LIMIT = env.int("SEARCH_RATE_LIMIT", default=600)
SUGGESTION_RATE_LIMIT = env.int("SUGGESTION_RATE_LIMIT", default=3000)
API_SEARCH_RATE_LIMIT = env.int("API_SEARCH_RATE_LIMIT", default=6000)
SILENCED_SYSTEM_CHECKS: list[str] = []

# Tags -----------------------------------------------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

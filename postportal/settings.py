"""Settings, read from environment variables. .env.example describes all of them."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from postportal.replicas.replica_settings import replica_databases
from postportal.web.cache_settings import cache_settings
from postportal.web.database_settings import database_settings
from postportal.web.log_settings import FORMATS, logging_settings
from postportal.web.mail_settings import mail_settings
from postportal.web.media_settings import media_storage
from postportal.web.openid_settings import openid_accounts, openid_provider, openid_roles
from postportal.web.passkey_domain import passkey_domain

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# Required in production; development falls back to a fixed key.
SECRET_KEY = env.str("SECRET_KEY", default="development-only-key-never-used-with-debug-off" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Set it to at least 50 random characters.")
# Former keys: what they have signed or encrypted can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. List the host names of the portal, separated by commas.")
# Begins all absolute URLs of public content (by default, the host of the request), and names the portal in IDs of feeds
# and calendars (by default, the first domain of ALLOWED_HOSTS).
SITE_URL = env.str("SITE_URL", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Optional apps: the demo content, and the import of pages captured from an old site.
DEMO = env.bool("DEMO", default=False)
LEGACY_IMPORT = env.bool("LEGACY_IMPORT", default=False)

INSTALLED_APPS = [
    "postportal.apps.PostPortalConfig",
    "postportal.publishing",
    "postportal.page_cache",
    "postportal.outbox",
    "postportal.tags",
    "postportal.staff.apps.StaffTablesConfig",
    "postportal.audit",
    "postportal.richtext",
    "postportal.images",
    "postportal.interchange",
    "postportal.search",
    "postportal.documents",
    "postportal.backups",
    "postportal.pages",
    "news",
    "services",
    *(["postportal.legacy"] if LEGACY_IMPORT else []),
    *(["postportal.demo"] if DEMO else []),
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
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
    # Before everything that asks the database.
    "postportal.replicas.middleware.ReplicaMiddleware",
    # Before whatever may refuse a request.
    "postportal.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "postportal.web.static_files.StaticFilesMiddleware",
    "postportal.web.security.CharsetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "postportal.web.languages.LanguageMiddleware",
    "postportal.pages.middleware.RedirectMiddleware",
    "postportal.pages.middleware.NotFoundMiddleware",
    "postportal.pages.middleware.GoneMiddleware",
    "postportal.web.conditional.NotModifiedMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "postportal.audit.middleware.AuditMiddleware",
    "postportal.staff.time_zones.PersonalZoneMiddleware",
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
DATABASES["default"] = database_settings(
    DATABASES["default"], debug=DEBUG, conn_max_age=env.int("CONN_MAX_AGE", default=60)
)
REPLICA_MAX_LAG = env.int("REPLICA_MAX_LAG", default=5)
DATABASES |= replica_databases(
    env.list("REPLICA_URLS", default=[]),
    primary=DATABASES["default"],
    max_lag=REPLICA_MAX_LAG,
    conn_max_age=env.int("CONN_MAX_AGE", default=60),
)
DATABASE_ROUTERS = ["postportal.replicas.router.ReplicaRouter"]

CACHES = {"default": cache_settings(env)}
# Memory for whole public pages in each process, in megabytes; 0 for none, as in development: a page would not show that
# its template has been edited.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=0 if DEBUG else 64)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files ----------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [folder / "static" for folder in [*THEME_DIRS, BASE_DIR] if (folder / "static").is_dir()]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# Whether the application sends media files itself. In production it tells nginx to send them (docs/deploy.md).
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=DEBUG)
STORAGES = {
    "default": media_storage(env),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "postportal.web.static_files.JoinedStylesheetStorage"
    },
}
# Read by people who debug the editor, and twice as large as all other files together.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
FILE_UPLOAD_PERMISSIONS = 0o644
# How large documents, and video and audio, may be.
DOCUMENT_MAX_MB = env.int("DOCUMENT_MAX_MB", default=20)
RECORDING_MAX_MB = env.int("RECORDING_MAX_MB", default=20)
# The largest request: one of them or a picture, with the rest of its form. nginx refuses larger ones before.
REQUEST_MAX_MB = max(DOCUMENT_MAX_MB, RECORDING_MAX_MB, 20) + 5
# Sites whose videos texts show as a picture with a link. Nothing is ever loaded from them.
VIDEO_SITES = env.list("VIDEO_SITES", default=["youtube.com", "youtu.be", "vimeo.com", "bilibili.com", "v.qq.com"])
# A program that reads a file from its input (exit code 0: clean, 1: infected), or the URL of clamd. Blank: no scanner.
DOCUMENT_SCANNER = env.str("DOCUMENT_SCANNER", default="")

# How the check of links to other sites names itself to them.
LINK_CHECK_USER_AGENT = env.str(
    "LINK_CHECK_USER_AGENT", default=f"PostPortal link check (+{SITE_URL})" if SITE_URL else "PostPortal link check"
)

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
# Telephone numbers typed without a country code belong to this country (ISO 3166).
HOME_COUNTRY = env.str("HOME_COUNTRY", default="CN")

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
# Roles that log in only with a second factor: names of built-in roles, and Superuser.
STAFF_TWO_FACTOR_ROLES = env.list("STAFF_TWO_FACTOR_ROLES", default=[])
PASSKEY_ORIGINS, PASSKEY_DOMAIN = passkey_domain(env, site_url=SITE_URL, debug=DEBUG)
OPENID_ISSUER, OPENID_CLIENT_ID, OPENID_CLIENT_SECRET, OPENID_NAME, OPENID_SCOPE = openid_provider(env)
OPENID_LINK_BY_EMAIL, OPENID_CREATE_ACCOUNTS, OPENID_SECOND_FACTOR = openid_accounts(env)
OPENID_GROUPS_CLAIM, OPENID_ROLES = openid_roles(env)
# The name under which authenticator apps list the account.
OTP_TOTP_ISSUER = urlsplit(SITE_URL).hostname or "PostPortal"
# Texts without files. The longest text that a form accepts (postportal/staff/long_texts.py) fits with everything else;
# the proxy lets larger requests pass, for pictures (docs/deploy/nginx.conf).
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Security -------------------------------------------------------------------------------------------------------------

# Off only for local trials; production sites use TLS.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^livez$"]
# IP addresses of proxies whose X-Forwarded-For header is trusted. A proxy on a socket file is always trusted.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
CSRF_FAILURE_VIEW = "postportal.pages.views.errors.csrf_failure"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
if HTTPS:
    # Browsers then accept them only over TLS, for this host and all of its paths: no other host of the domain can set
    # them. Not for the language, whose cookie has a path.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
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
    "media-src": ["'self'"],
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

# Operation ------------------------------------------------------------------------------------------------------------

LOG_FORMAT = env.str("LOG_FORMAT", default="line")
if LOG_FORMAT not in FORMATS:
    raise ImproperlyConfigured(f"LOG_FORMAT is not one of {', '.join(FORMATS)}: {LOG_FORMAT}")
LOGGING = logging_settings(level=env.str("LOG_LEVEL", default="INFO"), log_format=LOG_FORMAT)
# Both are needed for /metrics.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_FOLDER = env.str("METRICS_FOLDER", default="")
if METRICS_TOKEN and (len(METRICS_TOKEN) < 32 or not METRICS_FOLDER):
    raise ImproperlyConfigured("METRICS_TOKEN needs at least 32 characters, and METRICS_FOLDER must be set.")
if METRICS_TOKEN:
    MIDDLEWARE.insert(1, "postportal.web.request_metrics.RouteMiddleware")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
OPENTELEMETRY = env.bool("OPENTELEMETRY", default=False)

"""All settings, read from the environment. .env.example lists every variable with its meaning."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from postportal.web.mail_settings import mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# A production start must bring its own key; a development start may not need one.
SECRET_KEY = env.str("SECRET_KEY", default="development-only-key-never-used-with-debug-off" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Put at least 50 random characters into it.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Name the hosts of the portal, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# What only some installations need: the demo content, and the import of captured pages of an old site.
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
    # The stock admin with our own site behind it.
    "postportal.staff.apps.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, so that the redirect to https carries its headers, too.
    "postportal.web.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "postportal.web.security.CharsetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "postportal.web.languages.LanguageMiddleware",
    "postportal.pages.middleware.RedirectMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "postportal.audit.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "postportal.publishing.previews.as_of.AsOfMiddleware",
    "postportal.publishing.middleware.DueEditionsMiddleware",
]

ROOT_URLCONF = "postportal.urls"
WSGI_APPLICATION = "postportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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
    raise ImproperlyConfigured("DATABASE_URL names no database. Write it as .env.example shows.")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # The defaults lose saves under several writers: a transaction that starts reading cannot always upgrade to writing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={'NORMAL' if DEBUG else 'FULL'};",
    }
    # Kept connections go on reading when the disk is full.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that takes connections and says nothing would hold every thread for two minutes, /healthz among them.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://postportal")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # One that is silent costs a page no more than one that is gone: its own limit, five seconds, holds up all threads.
    CACHES["default"]["OPTIONS"] = {
        "socket_connect_timeout": 0.5,
        "socket_timeout": 0.5,
        **CACHES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files ----------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# nginx serves the media of a production site (docs/deploy.md); without it the application can.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=DEBUG)
STORAGES = {
    "default": {"BACKEND": env.str("MEDIA_STORAGE", default="postportal.images.storage.AtomicFileStorage")},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644

# Languages and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
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
# The refusal is here with and without the demo: its accounts may be in the database of either start.
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

# Off only for a local trial; every production site stands behind TLS.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# Addresses of proxies that may say for whom they ask (X-Forwarded-For); one over a socket file always may.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
CSRF_FAILURE_VIEW = "postportal.pages.views.errors.csrf_failure"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Named as in Django 6; postportal.web.security sends it on every version.
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
# From one network address, on pages, feeds and tables; 0 for no limit.
SEARCHES_A_MINUTE = env.int("SEARCHES_A_MINUTE", default=600)
SUGGESTIONS_A_MINUTE = env.int("SUGGESTIONS_A_MINUTE", default=3000)
# From one network address, by programs.
API_SEARCHES_A_MINUTE = env.int("API_SEARCHES_A_MINUTE", default=6000)
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

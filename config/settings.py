"""Every setting, read from the environment; docs/operations.md lists the variables."""

import os
from pathlib import Path

import dj_database_url
import django_stubs_ext
from django.utils.csp import CSP

from config.logs import configure as configure_logs

# Generic classes such as ModelForm[Firm] can then be written at run time, too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
RAPPORT_HOME = Path(os.environ.get("RAPPORT_HOME", BASE_DIR / "var"))


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


# A development default exists only while RAPPORT_PRODUCTION is off.
PRODUCTION = flag("RAPPORT_PRODUCTION")
DEBUG = flag("DEBUG")
if PRODUCTION:
    SECRET_KEY = os.environ["SECRET_KEY"]
    SECRETS_KEYS = listed("SECRETS_KEYS")
    if not SECRETS_KEYS:
        raise RuntimeError("SECRETS_KEYS is empty: set one or more Fernet keys, newest first.")
else:
    SECRET_KEY = os.environ.get("SECRET_KEY", "for-development-and-tests-only-" + "x" * 40)
    SECRETS_KEYS = listed("SECRETS_KEYS", "ZGV2ZWxvcG1lbnQtYW5kLXRlc3RzLW9ubHktMzJieXQ=")

ORIGIN = os.environ.get("RAPPORT_ORIGIN", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver,[::1]")
CSRF_TRUSTED_ORIGINS = [ORIGIN]
OFFICE_NETWORKS = listed("OFFICE_NETWORKS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "firm",
    "accounts",
    "customers",
    "secrets_manual",
    "report_cards",
    "compensation",
    "recovery",
    "desk",
]

MIDDLEWARE = [
    "config.middleware.health",
    "config.middleware.request_id",
    "config.middleware.without_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.staff_zone",
    "accounts.middleware.lead_back",
    "config.middleware.no_page",
    "config.middleware.first_run",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.context.shell",
            ],
            "builtins": ["django.contrib.humanize.templatetags.humanize", "firm.templatetags.words"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default="postgres://rapport@/rapport",
        engine="config.database",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c max_parallel_workers_per_gather=0 -c timezone=UTC -c jit=off"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": os.environ.get("CACHE_PREFIX", "rapport"),
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.InvitedOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

MAILERS = {
    "default": {
        "BACKEND": os.environ.get("MAIL_BACKEND", "firm.mail.Backend"),
        "OPTIONS": {
            "host": os.environ.get("SMTP_HOST", "127.0.0.1"),
            "port": int(os.environ.get("SMTP_PORT", "1025")),
            "username": os.environ.get("SMTP_USER", ""),
            "password": os.environ.get("SMTP_PASSWORD", ""),
            "use_tls": flag("SMTP_TLS"),
            "timeout": 20,
        },
    }
}
# Reports of mail providers are read only where their key is set.
ANYMAIL = {
    name: value
    for name, value in {
        "WEBHOOK_SECRET": listed("MAIL_EVENTS_PASSWORD"),
        "MAILGUN_WEBHOOK_SIGNING_KEY": os.environ.get("MAILGUN_SIGNING_KEY", ""),
        "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": os.environ.get("SENDGRID_VERIFICATION_KEY", ""),
    }.items()
    if value
}
# Web push is off while there is no key. Browsers name the service that delivers to them; only these are believed.
VAPID_PRIVATE_KEY = os.environ.get("VAPID_PRIVATE_KEY", "")
VAPID_SUBJECT = os.environ.get("VAPID_SUBJECT", ORIGIN)
PUSH_HOSTS = listed(
    "PUSH_HOSTS",
    "fcm.googleapis.com,updates.push.services.mozilla.com,web.push.apple.com,.notify.windows.com",
)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Rapport <rapport@localhost>")

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", RAPPORT_HOME / "static"))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", BASE_DIR / "node_modules/bootstrap/dist"),
    ("vendor/htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("vendor/inter", BASE_DIR / "node_modules/@fontsource-variable/inter/files"),
    ("vendor/source-serif", BASE_DIR / "node_modules/@fontsource-variable/source-serif-4/files"),
    ("vendor/courier-prime", BASE_DIR / "node_modules/@fontsource/courier-prime/files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.static.Storage"
        if flag("RAPPORT_HASHED_STATIC")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = RAPPORT_HOME / "media"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
PGHISTORY_APPEND_ONLY = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.api.authentication.HasScope",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "1200/minute"},
    "DEFAULT_SCHEMA_CLASS": "accounts.api.document.Document",
    "EXCEPTION_HANDLER": "accounts.api.problems.problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Rapport",
    "VERSION": "1",
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
# How many proxies of ours stand in front; as many entries of X-Forwarded-For, from the end, are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", str(int(flag("BEHIND_PROXY")))))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CELERY = {
    # Celery has its own word for a Unix socket.
    "broker_url": REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host="),
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {"visibility_timeout": 900, "unacked_restore_throttle": 1},
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_ignore_result": True,
    "task_time_limit": 300,
    "worker_soft_shutdown_timeout": 5,
    "worker_hijack_root_logger": False,
    "timezone": "UTC",
    "task_default_queue": os.environ.get("CELERY_QUEUE", "rapport"),
    "beat_schedule_filename": str(RAPPORT_HOME / "celerybeat-schedule"),
}

LOGGING_CONFIG = None
configure_logs(json=not DEBUG)

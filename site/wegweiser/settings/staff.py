"""How staff sign in: django-allauth, everything below /admin/ (docs/decisions/0017)."""

import environ

env = environ.Env()

# "required": whoever has no second factor sets one up before anything else. "optional": for a demo on one machine.
SECOND_FACTOR = env.str("SECOND_FACTOR", "required")

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # ours, which is throttled

ACCOUNT_ADAPTER = "wegweiser.members.accounts.adapter"  # staff's, and below /konto/ the members'
ACCOUNT_FORMS = {"login": "wegweiser.staff.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from us
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # else who may not enter the admin is sent in circles
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Networks are counted by a number that nobody can turn back into an address, accounts in wegweiser/staff/tries.py.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/h/ip",
    "signup": "1/h/ip",
    "sign_in_link": "30/h/ip,5/h/key",
}

ALLAUTH_TRUSTED_PROXY_COUNT = int(env.bool("TRUSTED_PROXY", False))

MFA_ADAPTER = "wegweiser.staff.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "wegweiser.staff.forms.NewAppForm",
    "authenticate": "wegweiser.staff.forms.CodeForm",
    "reauthenticate": "wegweiser.staff.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wegweiser"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock goes wrong by half a minute
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator wrote the address down
MFA_RECOVERY_CODES_SHOW_ONCE = True

# A municipality's own sign-in (OpenID Connect). Unset: no page shows a trace of it.
OIDC_URL = env.str("OIDC_URL", "")
OIDC_NAME = env.str("OIDC_NAME", "OpenID Connect")
OIDC_ROLE_CLAIM = env.str("OIDC_ROLE_CLAIM", "groups")
OIDC_ROLES = env.dict("OIDC_ROLES", default={})  # "staff-web=Editor,staff-lead=Reviewer"
OIDC_SECOND_FACTOR = env.str("OIDC_SECOND_FACTOR", "provider")  # or "own"

SOCIALACCOUNT_ADAPTER = "wegweiser.staff.oidc.OidcAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would be stopped on its way to the provider by `form-action 'self'`
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}

SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would lie on every path
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# The way back from the provider comes from another site, and a strict cookie stays at home then.
SESSION_COOKIE_SAMESITE = "Lax" if OIDC_URL else "Strict"

# A listing in twelve languages is far below; what is larger is no listing.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

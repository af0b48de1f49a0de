"""The provider of OpenID Connect, by the library authlib: code flow with PKCE, state and nonce, and ID tokens whose
signature, issuer, audience and expiry are checked. Imported only where the sign-in is switched on."""

from functools import cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests import RequestException

from postportal.staff.openid_settings import openid

# Signed by a key that only the provider has. “none” and keys shared with the client are not.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
TIMEOUT = 10
# Clocks differ, but not by more.
LEEWAY = 60
# What the library raises for answers that are wrong, and for providers that do not answer.
FAILURES = (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError, TypeError)


def redirect_to_provider(request: HttpRequest, *, callback: str) -> HttpResponse:
    response: HttpResponse = _provider().authorize_redirect(request, callback)
    return response


def read_answer(request: HttpRequest) -> tuple[dict[str, Any], str]:
    """Return the claims about the person who has come back from the provider, and the ID token that they are from.

    Raises one of FAILURES."""
    provider = _provider()
    options = {
        "iss": {"essential": True, "value": openid.OPENID_ISSUER},
        "aud": {"essential": True, "value": openid.OPENID_CLIENT_ID},
    }
    token = provider.authorize_access_token(request, claims_options=options, leeway=LEEWAY)
    claims = token.get("userinfo")
    if not claims or not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise ValueError("The provider has sent no ID token.")
    return dict(claims), token["id_token"]


def logout_url(*, id_token: str, back_to: str) -> str:
    """Return the URL at which the person logs out of the provider too, "" if it has none."""
    provider = _provider()
    if not provider.load_server_metadata().get("end_session_endpoint"):
        return ""
    found = provider.create_logout_url(
        post_logout_redirect_uri=back_to, id_token_hint=id_token, client_id=openid.OPENID_CLIENT_ID
    )
    return str(found["url"])


def _provider() -> Any:
    provider = _provider_of(
        openid.OPENID_ISSUER, openid.OPENID_CLIENT_ID, openid.OPENID_CLIENT_SECRET, openid.OPENID_SCOPE
    )
    metadata = provider.load_server_metadata()
    if metadata.get("issuer") != openid.OPENID_ISSUER:
        raise ValueError("The provider names another issuer.")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in ALGORITHMS]
    return provider


@cache
def _provider_of(issuer: str, client_id: str, secret: str, scope: str) -> Any:
    """Return the client of the provider, which keeps its keys until one is missing."""
    oauth = OAuth()
    return oauth.register(
        "openid",
        client_id=client_id,
        client_secret=secret or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": scope, "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )

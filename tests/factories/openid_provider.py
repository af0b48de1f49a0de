"""A small OpenID provider on 127.0.0.1, with real signatures. Tests change claims and keys to be hostile."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

CLIENT_ID, CLIENT_SECRET = "portal", "not-a-real-secret"
PERSON = {"sub": "person-1", "email": "li@post.example", "email_verified": True, "preferred_username": "li.wen"}


class Provider:
    def __init__(self, issuer: str) -> None:
        self.issuer, self.key = issuer, ECKey.generate_key("P-256", {"kid": "one", "use": "sig", "alg": "ES256"})
        self.metadata = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "end_session_endpoint": f"{issuer}/logout",
            "id_token_signing_alg_values_supported": ["ES256"],
        }
        self.claims: dict[str, Any] = dict(PERSON)
        self.id_token: str | None = None
        self.signing_key: Any = self.key
        # What the browser asked for by its code, and what the portal has sent for it.
        self.asked: dict[str, dict[str, str]] = {}

    def authorize(self, url: str) -> str:
        """Let the person log in, and return the query with which the browser goes back."""
        parts = urlsplit(url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == self.metadata["authorization_endpoint"]
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return f"code={code}&state={asked['state']}"

    def answer_token(self, form: dict[str, str]) -> dict[str, Any]:
        asked = self.asked.pop(form["code"])
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert (digest, form["redirect_uri"]) == (asked["code_challenge"], asked["redirect_uri"])
        now = int(time.time())
        standard = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {name: value for name, value in {**standard, **self.claims}.items() if value is not None}
        token = jwt.encode({"alg": "ES256", "kid": "one"}, claims, self.signing_key)
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token or token}


@contextmanager
def run_provider() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys = KeySet([provider.key]).as_dict(private=False)
            self._send(keys if self.path == "/keys" else provider.metadata)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                self._send(provider.answer_token({name: values[0] for name, values in parse_qs(body).items()}))
            except (AssertionError, KeyError):
                self._send({"error": "invalid_grant"}, status=400)

        def _send(self, content: Any, *, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()

"""A tiny OpenID Connect provider on this machine: says of whoever comes what the test wants it to say."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

CLIENT = "wegweiser-test"


class Provider:
    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []
        self.broken = False
        self.url = ""

    def answer(self, path: str) -> dict[str, Any] | None:
        documents: dict[str, dict[str, Any]] = {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/token": {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()},
            "/userinfo": self.claims,
        }
        return documents.get(path)

    def id_token(self) -> str:
        now = int(time.time())
        told = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        return jwt.encode(told, "only direct answers are trusted, by TLS", algorithm="HS256")


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = None if provider.broken else provider.answer(self.path.split("?")[0])
            body = json.dumps(found or {}).encode()
            self.send_response(200 if found is not None else 500)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            provider.asked.append(parse_qs(self.rfile.read(length).decode()))
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()

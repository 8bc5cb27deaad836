"""A receiver that knows the pages alone: `python3 verify.py <port> <secret>`. 204 when both signatures hold, else 403."""
import base64
import hashlib
import hmac
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, secret = int(sys.argv[1]), sys.argv[2]


def standard_key():
    if secret.startswith("whsec_"):
        return base64.b64decode(secret[len("whsec_"):])
    return secret.encode()


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204 if self.panel(body) and self.standard(body) else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def panel(self, body):
        expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, self.headers.get("X-Webhook-Signature", ""))

    def standard(self, body):
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        digest = hmac.new(standard_key(), signed, hashlib.sha256).digest()
        expected = "v1," + base64.b64encode(digest).decode()
        given = self.headers.get("webhook-signature", "").split(" ")
        return any(hmac.compare_digest(expected, one) for one in given)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()

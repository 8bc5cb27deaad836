"""A receiver that writes down what it got: `python3 record.py <port> <file>`, as JSON, one request a line. Answers 204."""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, file = int(sys.argv[1]), sys.argv[2]


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        got = {"headers": [f"{name}: {value}" for name, value in self.headers.items()], "body": body.decode()}
        with open(file, "a") as lines:
            lines.write(json.dumps(got) + "\n")
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()

"""A scripted endpoint: says what it is told to, in the form that OpenAI-compatible servers speak, or fails as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-a-secret-of-nobody"


@dataclass
class Script:
    """What the endpoint does: ``replies`` one a request, the last again; each a text or a list of bits."""

    replies: list[str | list[str]]
    status: int = 200
    body: str | None = None  # instead of a reply
    before: float = 0.0  # seconds before anything is said
    between: float = 0.0  # seconds between bits
    structured: bool = False  # whether response_format is known here
    cut: bool = False  # break off in the middle
    asked: list[dict] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def reply(self) -> Sequence[str]:
        said = self.replies[min(len(self.asked) - 1, len(self.replies) - 1)]
        return [said] if isinstance(said, str) else said


def _chunk(delta: dict, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    row = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(row)}\n\n".encode()


@contextmanager
def endpoint(script: Script) -> Iterator[str]:
    """Serve the script on the loopback and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if "response_format" in asked and not script.structured:
                return self._send(400, '{"error": {"message": "unknown field response_format"}}')
            script.asked.append(asked)
            script.keys.append(self.headers.get("authorization"))
            time.sleep(script.before)
            if script.body is not None or script.status != 200:
                return self._send(script.status, script.body or json.dumps({"error": {"message": f"no {KEY}"}}))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            try:
                for bit in script.reply():
                    self.wfile.write(_chunk({"role": "assistant", "content": bit}))
                    self.wfile.flush()
                    time.sleep(script.between)
                if script.cut:
                    return self.connection.close()
                self.wfile.write(_chunk({}, "stop") + b"data: [DONE]\n\n")
            except OSError:
                pass  # whoever asked has gone, which is what some tests want
            return None

        def _send(self, status: int, body: str) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()

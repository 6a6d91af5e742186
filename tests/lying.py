"""A scripted endpoint: says what it is told to, in OpenAI's form or in Anthropic's, or fails as told."""

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
    first_words: dict[str, float] | None = None  # log-probabilities, of one word an answer; none: not known here
    most_first_words: int = 20  # more are refused
    stop_reason: str = "end_turn"  # Anthropic's word for why it came to an end
    asked: list[dict] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def reply(self) -> Sequence[str]:
        tries = sum(not asked.get("logprobs") for asked in self.asked)
        said = self.replies[min(tries, len(self.replies)) - 1]
        return [said] if isinstance(said, str) else said


def _chunk(delta: dict, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    row = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(row)}\n\n".encode()


def _weighed(script: Script, asked: dict) -> tuple[int, str]:
    """Return status and body of an answer of one word with log-probabilities."""
    if script.first_words is None or asked["top_logprobs"] > script.most_first_words:
        return 400, '{"error": {"message": "top_logprobs is too large, or not known"}}'
    likeliest = [{"token": word, "logprob": log, "bytes": None} for word, log in script.first_words.items()]
    token = {**(likeliest or [{"token": "x", "logprob": 0.0, "bytes": None}])[0], "top_logprobs": likeliest}
    message = {"role": "assistant", "content": token["token"]}
    choice = {"index": 0, "message": message, "finish_reason": "length", "logprobs": {"content": [token]}}
    row = {"id": "x", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
    return 200, json.dumps(row)


def _event(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


def _openai(script: Script) -> Iterator[bytes]:
    for bit in script.reply():
        yield _chunk({"role": "assistant", "content": bit})
    if not script.cut:
        yield _chunk({}, "stop") + b"data: [DONE]\n\n"


def _anthropic(script: Script) -> Iterator[bytes]:
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "scripted", "content": []}
    yield _event("message_start", message={**message, "stop_reason": None, "stop_sequence": None, "usage": usage})
    yield _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for bit in script.reply():
        yield _event("content_block_delta", index=0, delta={"type": "text_delta", "text": bit})
    if not script.cut:
        yield _event("content_block_stop", index=0)
        yield _event("message_delta", delta={"stop_reason": script.stop_reason, "stop_sequence": None}, usage=usage)
        yield _event("message_stop")


@contextmanager
def endpoint(script: Script) -> Iterator[str]:
    """Serve the script on the loopback and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if "response_format" in asked and not script.structured:
                return self._send(400, '{"error": {"message": "unknown field response_format"}}')
            script.asked.append(asked)
            script.keys.append(self.headers.get("authorization") or self.headers.get("x-api-key"))
            time.sleep(script.before)
            if script.body is not None or script.status != 200:
                return self._send(script.status, script.body or json.dumps({"error": {"message": f"no {KEY}"}}))
            if asked.get("logprobs"):
                return self._send(*_weighed(script, asked))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            try:
                for bit in (_anthropic if self.path.endswith("/v1/messages") else _openai)(script):
                    self.wfile.write(bit)
                    self.wfile.flush()
                    time.sleep(script.between)
                if script.cut:
                    return self.connection.close()
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

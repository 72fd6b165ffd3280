"""A server on this computer that gives out one file, whole or broken off, for the tests of what is fetched."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Served:
    """What the server gives out, and what it was asked for."""

    def __init__(self, content):
        self.content = content
        self.status = 200
        self.cuts = []
        """After how many bytes the first answer breaks off, the second, …; later ones are whole."""
        self.goes_on = True
        """Whether it can give only the rest of a file."""
        self.tells_length = True
        self.on_the_way = lambda: None
        """Called when half of an answer has been sent."""
        self.ranges = []
        """Which part each question asked for; None for all."""
        self.home = ""

    def answer(self, handler):
        asked = handler.headers["Range"]
        self.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.goes_on else 0
        body = self.content[start:]
        handler.send_response(206 if start else self.status)
        if self.tells_length:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        body = body[: self.cuts[len(self.ranges) - 1]] if len(self.ranges) <= len(self.cuts) else body
        handler.wfile.write(body[: len(body) // 2])
        self.on_the_way()
        handler.wfile.write(body[len(body) // 2 :])


@contextlib.contextmanager
def serving(content: bytes):
    """Give out some bytes under every address of a server, until the block ends."""
    served = Served(content)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            with contextlib.suppress(ConnectionError):
                served.answer(self)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.home = f"http://127.0.0.1:{server.server_port}"
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        running.start()
        try:
            yield served
        finally:
            server.shutdown()
            running.join()

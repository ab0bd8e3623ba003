"""A TAXII server with habits: what pull and push meet in the field, played over real sockets."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
TYPE = "application/taxii+json;version=2.1"


class OddServer:
    """Objects with their times of addition; habits are attributes that a test sets."""

    def __init__(self):
        self.rows = []              # (time as text, object), in order
        self.posted = []            # ids, as often as they came
        self.page = 3
        self.has_dates = True       # the headers
        self.has_manifest = True
        self.has_next = True
        self.moves_next = False     # one `next` for all pages, whose place moves with each answer
        self.places = {}            # the place of each such `next`
        self.empty_pages = 0        # before each page with something on it
        self.knows_filters = True   # else match[...] is a 400
        self.refusals = []          # (status, headers) to answer with first
        self.drops = 0              # connections cut in the middle of an answer, first
        self.pends = 0              # polls until a status is complete
        self.max_bytes = 100_000
        self.too_many = None        # more objects than this in an envelope are a 413
        self.requests = []
        self.lengths = []           # of bodies that came
        self.slow = None            # called before each page of objects
        self.slow_post = None       # called before each envelope is taken
        handler = type("Handler", (Handler,), {"odd": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.base = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def add(self, time, *objects):
        self.rows += [(time, o) for o in objects]

    def close(self):
        self.http.shutdown()
        self.http.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16              # header and body in one piece
    odd = None

    def log_message(self, *args):
        pass

    def answer(self, status, value=None, headers=()):
        body = json.dumps(value).encode() if value is not None else b""
        self.send_response(status)
        self.send_header("Content-Type", TYPE)
        self.send_header("Content-Length", str(len(body)))
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        odd = self.odd
        odd.requests.append("GET " + self.path)
        if odd.refusals and "objects" in self.path:
            status, headers = odd.refusals.pop(0)
            return self.answer(status, {"title": "later"}, headers)
        split = urlsplit(self.path)
        query = {k: v[0] for k, v in parse_qs(split.query).items()}
        parts = [p for p in split.path.split("/") if p]
        if parts == ["taxii2"]:
            return self.answer(200, {"title": "odd", "default": "http://elsewhere.example/api/",
                                     "api_roots": ["/api/"]})
        if parts == ["api"]:
            return self.answer(200, {"title": "api", "versions": [TYPE],
                                     "max_content_length": odd.max_bytes})
        if parts == ["api", "collections"]:
            return self.answer(200, {"collections": [self.collection()]})
        if parts == ["api", "collections", COLLECTION]:
            return self.answer(200, self.collection())
        if parts[:3] == ["api", "collections", COLLECTION] and parts[3:] == ["objects"]:
            return self.objects(query)
        if parts[3:] == ["manifest"] and odd.has_manifest:
            return self.manifest(query)
        if parts[:2] == ["api", "status"]:
            return self.status(parts[2])
        return self.answer(404, {"title": "nothing here"})

    @staticmethod
    def collection():
        return {"id": COLLECTION, "title": "Odd ones", "can_read": True, "can_write": True}

    def chosen(self, query):
        after = query.get("added_after", "")
        rows = [r for r in self.odd.rows if r[0] > after]
        token = query.get("next", "0-0")
        if self.odd.moves_next and "next" in query:
            token = f"{self.odd.places[token]}-0"
        start, empties = map(int, token.split("-"))
        return rows, start, empties

    def objects(self, query):
        odd = self.odd
        if odd.slow:
            try:
                odd.slow()
            except PermissionError:
                return self.answer(403, {"title": "no further"})
        if not odd.knows_filters and any(k.startswith("match") for k in query):
            return self.answer(400, {"title": "unknown filter"})
        if odd.moves_next and query.get("next", None) not in {None, *odd.places}:
            return self.answer(400, {"title": "'next' not valid"})
        rows, start, empties = self.chosen(query)
        if empties < odd.empty_pages and rows[start:]:
            return self.answer(200, {"more": True, "next": f"{start}-{empties + 1}"})
        page = rows[start:start + odd.page]
        body = {"objects": [o for _, o in page]} if page else {}
        if rows[start + odd.page:]:
            body["more"] = True
            if odd.has_next:
                body["next"] = self.token(query, start + odd.page)
        if odd.drops:
            odd.drops -= 1
            return self.drop()
        headers = [("X-TAXII-Date-Added-First", page[0][0]),
                   ("X-TAXII-Date-Added-Last", page[-1][0])] if page and odd.has_dates else ()
        return self.answer(200, body, headers)

    def token(self, query, start):
        if not self.odd.moves_next:
            return f"{start}-0"
        token = query.get("next", f"place {len(self.odd.requests)}")
        self.odd.places[token] = start
        return token

    def drop(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"objects": [')
        self.close_connection = True

    def manifest(self, query):
        rows, _, _ = self.chosen(query)
        return self.answer(200, {"objects": [
            {"id": o["id"], "date_added": t, "version": o["modified"]} for t, o in rows]})

    def status(self, which):
        odd = self.odd
        odd.pends -= 1
        state = "pending" if odd.pends > 0 else "complete"
        return self.answer(200, {"id": which, "status": state, "total_count": 1,
                                 "success_count": 1, "failure_count": 0, "pending_count": 0})

    def do_POST(self):
        odd = self.odd
        odd.requests.append("POST " + self.path)
        if odd.slow_post:
            odd.slow_post()
        length = int(self.headers["Content-Length"])
        odd.lengths.append(length)
        body = json.loads(self.rfile.read(length))
        if odd.refusals:
            status, headers = odd.refusals.pop(0)
            return self.answer(status, {"title": "later"}, headers)
        objects = body["objects"]
        if odd.too_many is not None and len(objects) > odd.too_many:
            return self.answer(413, {"title": "too large"})
        odd.posted += [o["id"] for o in objects]
        state = "pending" if odd.pends > 0 else "complete"
        return self.answer(202, {"id": "2d086da7-4bdc-4f91-900e-d77486753710", "status": state,
                                 "total_count": len(objects), "success_count": len(objects),
                                 "failure_count": 0, "pending_count": 0})

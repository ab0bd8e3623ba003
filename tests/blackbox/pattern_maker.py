"""Random observed data and STIX patterns over it, from a seed: what the two matchers are asked.

Values are few and alike, so that patterns match often. Durations and times of qualifiers end in
half a second and those of the data do not: whether a boundary counts is asked by cases of its own.
"""

import json
import uuid

WORDS = ["alpha", "Alpha", "beta", "be_ta", "ga%ma", "it's", "x\\y", "", "caf\u00e9",
         "\u65e5\u672c"]
HOSTS = ["evil.example", "www.evil.example", "good.example", "EVIL.example"]
ADDRESSES = ["198.51.100.7", "198.51.100.200", "203.0.113.9", "192.0.2.0/24", "198.51.0.0/16"]
NETWORKS = ["198.51.100.7/32", "198.51.100.0/24", "198.51.0.0/16", "203.0.113.9/32", "192.0.2.0/25"]
URLS = ["http://evil.example/a", "http://evil.example/b?c=1", "https://good.example/"]
MD5 = ["d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661"]
TIMES = ["2026-10-01T00:00:00Z", "2026-10-01T00:00:05.25Z", "2026-10-01T00:01:00.123456Z"]

TEXT, NUMBER, BOOLEAN, ADDRESS, TIME = "text", "number", "boolean", "address", "time"

# Object type: its paths, what they hold, and some values.
PATHS = {
    "file": [("name", TEXT, WORDS), ("size", NUMBER, [0, 1, 10, 2**53 + 1]),
             ("hashes.MD5", TEXT, MD5), ("hashes.'SHA-256'", TEXT, [digest * 2 for digest in MD5]),
             ("mime_type", TEXT, WORDS), ("parent_directory_ref.path", TEXT, WORDS),
             ("x_rate", NUMBER, [0.5, 1.5, 10, -3])],
    "ipv4-addr": [("value", ADDRESS, ADDRESSES)],
    "domain-name": [("value", TEXT, HOSTS), ("resolves_to_refs[*].value", ADDRESS, ADDRESSES),
                    ("resolves_to_refs[0].value", ADDRESS, ADDRESSES)],
    "url": [("value", TEXT, URLS)],
    "network-traffic": [("src_ref.value", ADDRESS, ADDRESSES), ("dst_port", NUMBER, [80, 443]),
                        ("protocols[*]", TEXT, ["tcp", "http"]),
                        ("protocols[1]", TEXT, ["tcp", "http"]),
                        ("extensions.'http-request-ext'.request_method", TEXT, ["get", "post"])],
    "process": [("pid", NUMBER, [1, 42]), ("command_line", TEXT, WORDS),
                ("is_hidden", BOOLEAN, [True, False]), ("created_time", TIME, TIMES),
                ("environment_variables.PATH", TEXT, WORDS)],
    "email-message": [("is_multipart", BOOLEAN, [True, False]), ("subject", TEXT, WORDS),
                      ("from_ref.value", TEXT, HOSTS), ("to_refs[*].value", TEXT, HOSTS)],
}
EQUALITIES = ["=", "!="]
ORDERS = ["<", "<=", ">", ">="]


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def written(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else repr(value)


class Scene:
    """A bundle of a few observed-data and the objects that they refer to."""

    def __init__(self, rng):
        self.rng = rng
        self.objects = []
        self.refs = []

    def add(self, kind, refers=True, **properties):
        # Objects of the reference are keyed by their ids, so each has its own.
        ident = f"{kind}--{uuid.UUID(int=self.rng.getrandbits(128), version=4)}"
        properties = {key: value for key, value in properties.items() if self.rng.random() < 0.85}
        self.objects.append({"type": kind, "spec_version": "2.1", "id": ident} | properties)
        if refers:
            self.refs.append(ident)
        return ident

    def pick(self, values):
        return self.rng.choice(values)

    def address(self):
        return self.add_always("ipv4-addr", "value", self.pick(ADDRESSES))

    def add_always(self, kind, key, value):
        ident = self.add(kind)
        self.objects[-1][key] = value
        return ident

    def add_file(self):
        folder = self.add_always("directory", "path", self.pick(WORDS))
        self.add("file", name=self.pick(WORDS), size=self.pick([0, 1, 10, 2**53 + 1]),
                 hashes={"MD5": self.pick(MD5), "SHA-256": self.pick(MD5) * 2},
                 mime_type=self.pick(WORDS), parent_directory_ref=folder,
                 x_rate=self.pick([0.5, 1.5, 10, -3]))

    def add_name(self):
        there = [self.address() for _ in range(self.rng.randrange(1, 3))]
        self.add("domain-name", value=self.pick(HOSTS), resolves_to_refs=there)

    def add_traffic(self):
        self.add("network-traffic", src_ref=self.address(), dst_port=self.pick([80, 443]),
                 protocols=[self.pick(["tcp", "http"]) for _ in range(self.rng.randrange(1, 3))],
                 extensions={"http-request-ext": {"request_method": self.pick(["get", "post"])}})

    def add_process(self):
        self.add("process", pid=self.pick([1, 42]), command_line=self.pick(WORDS),
                 is_hidden=self.pick([True, False]), created_time=self.pick(TIMES),
                 environment_variables={"PATH": self.pick(WORDS)})

    def add_mail(self):
        people = [self.add_always("email-addr", "value", self.pick(HOSTS)) for _ in range(3)]
        self.add("email-message", is_multipart=self.pick([True, False]), subject=self.pick(WORDS),
                 from_ref=people[0], to_refs=people[1:])

    def add_url(self):
        self.add("url", value=self.pick(URLS))

    def observe(self):
        self.refs = []
        makers = [self.add_file, self.add_name, self.add_traffic, self.add_process, self.add_mail,
                  self.add_url]
        for make in self.rng.sample(makers, self.rng.randrange(1, 4)):
            make()
        first = self.rng.randrange(0, 50)
        last = first + self.pick([0, 0, 0, 3])
        return {"type": "observed-data", "spec_version": "2.1",
                "id": f"observed-data--{uuid.UUID(int=self.rng.getrandbits(128), version=4)}",
                "created": TIMES[0], "modified": TIMES[0],
                "first_observed": f"2026-10-01T00:00:{first:02}Z",
                "last_observed": f"2026-10-01T00:00:{last:02}Z",
                "number_observed": self.pick([1, 1, 1, 2]), "object_refs": self.refs}

    def bundle(self):
        observed = [self.observe() for _ in range(self.rng.randrange(1, 5))]
        return {"type": "bundle", "id": "bundle--" + str(uuid.UUID(int=1, version=4)),
                "objects": observed + self.objects}


class Patterns:
    """Random patterns."""

    def __init__(self, rng):
        self.rng = rng

    def like(self, text):
        cut = self.rng.randrange(len(text) + 1)
        return self.rng.choice([text, text[:cut] + "%", "%" + text[cut:], "%",
                                text[:cut] + "_" + text[cut + 1:]])

    def regex(self, text):
        plain = "".join("\\" + c if c in ".?%'\\_" and c != "_" else c for c in text)
        cut = next((i for i, c in enumerate(text) if not c.isalnum()), len(text))
        return self.rng.choice(["^" + plain + "$", text[:cut], text[:cut] + ".*", "^[a-z]+$",
                                "(?i)" + text[:cut].lower(), "\\w+"])

    def constants(self, values):
        return "(" + ", ".join(written(self.rng.choice(values)) for _ in range(3)) + ")"

    def test_of(self, path, kind, values):
        """The operator with its constant."""
        rng = self.rng
        value = rng.choice(values)
        ways = [(rng.choice(EQUALITIES), written(value)), ("IN", self.constants(values))]
        if kind == TIME:
            ways = [(rng.choice(EQUALITIES + ORDERS), "t" + quoted(value))]
        if kind in (TEXT, NUMBER):
            ways.append((rng.choice(ORDERS), written(value)))
        if kind == TEXT:
            ways += [("LIKE", quoted(self.like(value))), ("MATCHES", quoted(self.regex(value)))]
        if kind == ADDRESS:
            ways += [("ISSUBSET", quoted(rng.choice(NETWORKS))), ("ISSUPERSET", quoted(value))]
        operator, constant = rng.choice(ways)
        negation = "NOT " if rng.random() < 0.15 else ""
        return f"{path} {negation}{operator} {constant}"

    def comparison(self, kind):
        path, holds, values = self.rng.choice(PATHS[kind])
        if self.rng.random() < 0.1:
            # Types that do not go together: an equality never holds, the other always.
            other = "'7'" if holds in (NUMBER, BOOLEAN) else "7"
            return f"{kind}:{path} {self.rng.choice(EQUALITIES)} {other}"
        return f"{kind}:{self.test_of(path, holds, values)}"

    def comparisons(self, kind, depth):
        if depth == 0 or self.rng.random() < 0.4:
            return self.comparison(kind)
        left, right = (self.comparisons(kind, depth - 1) for _ in range(2))
        text = f"{left} {self.rng.choice(['AND', 'OR'])} {right}"
        return f"({text})" if self.rng.random() < 0.3 else text

    def observation(self):
        inside = self.comparisons(self.rng.choice(list(PATHS)), 2)
        if self.rng.random() < 0.15:
            inside += " OR " + self.comparison(self.rng.choice(list(PATHS)))
        return f"[{inside}]"

    def qualifier(self):
        start, stop = sorted(self.rng.sample(range(60), 2))
        return self.rng.choice([
            f" WITHIN {self.rng.choice([0, 2, 5, 20])}.5 SECONDS",
            f" REPEATS {self.rng.choice([1, 2, 3])} TIMES",
            f" START t'2026-10-01T00:00:{start:02}.5Z' STOP t'2026-10-01T00:00:{stop:02}.5Z'"])

    def expression(self, depth):
        if depth == 0 or self.rng.random() < 0.5:
            text = self.observation()
        else:
            operator = self.rng.choice(["AND", "OR", "FOLLOWEDBY"])
            left, right = (self.expression(depth - 1) for _ in range(2))
            text = f"({left} {operator} {right})"
        return text + (self.qualifier() if self.rng.random() < 0.25 else "")

    def pattern(self):
        return self.expression(2)


def write_question(folder, rng, count):
    """A scene and patterns over it as files; the patterns."""
    patterns = Patterns(rng)
    asked = [patterns.pattern() for _ in range(count)]
    (folder / "observed.json").write_text(json.dumps(Scene(rng).bundle()), encoding="utf-8")
    lines = (json.dumps({"index": i, "pattern": text}) + "\n" for i, text in enumerate(asked))
    (folder / "patterns.jsonl").write_text("".join(lines), encoding="utf-8")
    return asked

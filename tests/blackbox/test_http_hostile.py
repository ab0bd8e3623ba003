"""What bad HTTP gets: the right status, a body in words, and nothing kept (S1 to S8, S11, S16)."""

import concurrent.futures
import gzip
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest

import objects as stix
import rawhttp
from exchange import Exchange, poll
from rawhttp import request, status
from taxii import TAXII, Client, check_error


def ask(town, data, timeout=5):
    return rawhttp.exchange(town.x.server.port, data, timeout)


def get(town, headers=None, target=None, **more):
    target = target or town.fed.path(town.k, "objects")
    return request("GET", target, town.tokens["fed"][1], headers, **more)


def post(town, headers=None, body=b""):
    head = {"Content-Type": TAXII} | (headers or {})
    return request("POST", town.fed.path(town.k, "objects"), town.tokens["fed"][1], head, body)


def still_serves(town):
    assert town.client(token=town.tokens["fed"][1]).objects(town.k, limit=1).status_code == 200


def twice(data, name, value):
    """The same request with one more header line."""
    head, _, body = data.partition(b"\r\n\r\n")
    return head + f"\r\n{name}: {value}".encode() + b"\r\n\r\n" + body


BODY = stix.envelope(stix.campaign("green")).encode()

SMUGGLED = {
    "length with chunked": lambda t: post(t, {"Content-Length": "5",
                                              "Transfer-Encoding": "chunked"}, b"0\r\n\r\n"),
    "two lengths": lambda t: twice(post(t, {"Content-Length": str(len(BODY))}, BODY),
                                   "Content-Length", str(len(BODY))),
    "two different lengths": lambda t: twice(post(t, {"Content-Length": "1"}, BODY),
                                             "Content-Length", str(len(BODY))),
    "two codings": lambda t: twice(post(t, {"Transfer-Encoding": "chunked"}, b"0\r\n\r\n"),
                                   "Transfer-Encoding", "chunked"),
    "a coding that is not chunked": lambda t: post(t, {"Transfer-Encoding": "gzip"}, b"x"),
    "chunked after another": lambda t: post(t, {"Transfer-Encoding": "gzip, chunked"}, b"x"),
    "two hosts": lambda t: twice(get(t), "Host", "other.example"),
    "two authorizations": lambda t: twice(get(t), "Authorization", "Bearer other"),
    "a name that is no token": lambda t: twice(get(t), "X Bad", "1"),
    "a name with a bracket": lambda t: twice(get(t), "X(Bad)", "1"),
    "a blank before the colon": lambda t: twice(get(t), "Host ", "x"),
    "length of words": lambda t: post(t, {"Content-Length": "many"}, BODY),
    "negative length": lambda t: post(t, {"Content-Length": "-1"}, BODY),
    "length with a plus": lambda t: post(t, {"Content-Length": "+5"}, BODY),
    "no host": lambda t: get(t, {"Host": None}),
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_ambiguous_requests_are_400_and_the_connection_closes(town, name):
    """S3."""
    with rawhttp.connect(town.x.server.port, 5) as sock:
        sock.sendall(SMUGGLED[name](town))
        answer = rawhttp.read_answer(sock)
        assert status(answer) in (400, 0), answer[:300]
        if status(answer):
            assert sock.recv(10) == b"", "closed afterwards"
    still_serves(town)


def test_smuggled_requests_store_nothing(town, shelf):
    """S3."""
    for name in ("length with chunked", "two different lengths"):
        data = SMUGGLED[name](town).replace(town.k.encode(), shelf.encode())
        ask(town, data + BODY)
    assert town.fed.ids(shelf) == []


GARBAGE = [b"\r\n" * 5 + b"x", b"\0" * 100, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
           b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 300,
           b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"GET " + b"/" * 100 + b"\r\n\r\n",
           b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET http://x/taxii2/ HTTP/1.1\r\nHost: x\r\n\r\n",
           b"GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
           b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"]


@pytest.mark.parametrize("data", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_does_no_harm(town, data):
    answer = ask(town, data, timeout=1)
    assert status(answer) not in range(500, 505), answer[:200]
    still_serves(town)


@pytest.mark.parametrize("target", ["/exchange/../etc/passwd", "/exchange/%2e%2e/%2e%2e/",
                                    "/exchange//collections/", "/exchange/collections/%00/",
                                    "/exchange/collections/%zz/objects/", "/%ff/",
                                    "/exchange/collections/;x/objects/"])
def test_odd_paths_are_refused_in_the_form_of_taxii(town, target):
    """S2: path and query are parsed from the raw target."""
    answer = ask(town, get(town, target=target))
    assert status(answer) in (400, 404), answer[:300]
    assert b"application/taxii+json" in answer


def test_a_target_of_6_kb_is_served_and_a_longer_one_is_414(town):
    """S2: in TAXII's words."""
    path = town.fed.path(town.k, "objects") + "?match[id]="
    for size, want in ((6000, 200), (9000, 414), (30000, 414)):
        ids = "campaign--x," * ((size - len(path)) // 12)
        answer = ask(town, get(town, target=path + ids + "campaign--y"))
        assert status(answer) == want, answer[:300]
        if want == 414:
            assert b"application/taxii+json" in answer and b'"title"' in answer
    still_serves(town)


def test_headers_without_end_are_refused(town):
    """S2: also when the server's own pool is too small for them."""
    answer = ask(town, get(town, {f"X-{i}": "y" * 100 for i in range(1000)}))
    assert status(answer) in (400, 413, 414, 431, 0)
    answer = ask(town, get(town, {"X-Big": "y" * 100_000}))
    assert status(answer) in (400, 413, 414, 431, 0)
    still_serves(town)


@pytest.mark.parametrize("depth", [300, 5_000, 200_000])
@pytest.mark.parametrize("pair", ["[]", '{"a":}'])
def test_deep_nesting_is_refused_in_words(town, shelf, depth, pair):
    """S16, bad input: nothing stored in part."""
    opening, closing = (pair[0], pair[-1]) if pair == "[]" else ('{"a":', "}")
    deep = opening * depth + "1" + closing * depth
    text = json.dumps(stix.campaign("green"))[:-1] + ', "x_deep": ' + deep + "}"
    answer = town.fed.post_text(shelf, '{"objects":[' + text + "]}")
    if answer.status_code == 202:
        assert answer.json()["failure_count"] == 1
    else:
        check_error(answer, (400, 413, 422))
    assert town.fed.ids(shelf) == []


def test_a_gzip_bomb_is_stopped_at_the_limit(town, shelf):
    """S16: unpacked within the limit."""
    limit = town.fed.get("/exchange/").json()["max_content_length"]
    if limit > 300_000_000:
        pytest.skip("the limit is too large to overrun here")
    pieces = gzip.compress(b" " * (limit + 1024), 1)
    check_error(town.fed.post_text(shelf, pieces, {"Content-Encoding": "gzip"}), 413)
    still_serves(town)


def test_a_truncated_body_stores_nothing(town, shelf):
    """Bad input: nothing in part."""
    body = stix.envelope(*[stix.campaign("green") for _ in range(50)]).encode()
    path = town.fed.path(shelf, "objects")
    for keep in (0, 1, len(body) // 2, len(body) - 1):
        with rawhttp.connect(town.x.server.port) as sock:
            sock.sendall(request("POST", path, town.tokens["fed"][1],
                                 {"Content-Type": TAXII, "Content-Length": str(len(body))},
                                 body[:keep]))
    with rawhttp.connect(town.x.server.port) as sock:
        sock.sendall(request("POST", path, town.tokens["fed"][1],
                             {"Content-Type": TAXII, "Transfer-Encoding": "chunked"},
                             b"%x\r\n" % len(body) + body[:100]))
    still_serves(town)
    assert town.fed.ids(shelf) == []


@pytest.mark.parametrize("chunk", [b"zz\r\n", b"-1\r\nx\r\n", b"ffffffffffffffffff\r\nx\r\n",
                                   b"5;ext=\r\n{", b"\r\n\r\n", b"1 \r\nxx\r\n0\r\n\r\n"])
def test_broken_chunks_are_refused(town, shelf, chunk):
    answer = ask(town, post(town, {"Transfer-Encoding": "chunked"}, chunk), timeout=1)
    assert status(answer) in (400, 413, 422, 0), answer[:200]
    still_serves(town)


def test_a_hundred_continue_is_answered(town, shelf):
    """curl asks first for large bodies."""
    body = stix.envelope(stix.campaign("green")).encode()
    with rawhttp.connect(town.x.server.port) as sock:
        sock.sendall(request("POST", town.fed.path(shelf, "objects"), town.tokens["fed"][1],
                             {"Content-Type": TAXII, "Content-Length": str(len(body)),
                              "Expect": "100-continue"}))
        assert status(sock.recv(4096)) == 100
        sock.sendall(body)
        assert status(rawhttp.read_answer(sock)) == 202


def test_connections_are_kept_alive_and_requests_may_be_pipelined(town):
    with rawhttp.connect(town.x.server.port) as sock:
        for _ in range(3):
            sock.sendall(get(town))
            assert status(rawhttp.read_answer(sock)) == 200
        sock.sendall(get(town, target="/taxii2/") * 2)
        assert status(rawhttp.read_answer(sock)) == 200


def test_a_slow_header_ends_the_connection_while_others_are_served(town):
    """S4: no complete header within 15 s."""
    began = time.monotonic()
    with rawhttp.connect(town.x.server.port, 25) as sock:
        sock.sendall(b"GET /taxii2/ HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        sock.settimeout(1)
        while time.monotonic() - began < 24:
            still_serves(town)
            try:
                sock.sendall(b"y")
                if sock.recv(1000) == b"":
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
    assert 5 < time.monotonic() - began < 22


def test_many_idle_connections_are_held(town):
    """S4, a small part of it: 500 at once, each answered afterwards."""
    socks = [rawhttp.connect(town.x.server.port) for _ in range(500)]
    try:
        for sock in socks[::50]:
            sock.sendall(get(town, target="/taxii2/"))
            assert status(rawhttp.read_answer(sock)) == 200
    finally:
        for sock in socks:
            sock.close()
    still_serves(town)


def test_ten_parallel_pollers_get_the_same_bytes(town, shelf):
    town.fed.post(shelf, *[stix.campaign("green") for _ in range(100)])
    path = town.fed.path(shelf, "objects")

    def poller(_):
        client = town.client(token=town.tokens["plat"][1])
        return {client.get(path).text for _ in range(20)}
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        assert len(set.union(*pool.map(poller, range(10)))) == 1


def test_wrong_passwords_are_throttled_and_right_ones_never(own_town):
    """S11: 30 free a minute for an account and address, then 429 with Retry-After."""
    t = own_town
    right = t.client(basic=("f1@example.org", "correct horse battery"))
    assert right.get("/exchange/").status_code == 200

    def statuses(account):
        wrong = t.client(basic=(account, "guess"))
        return [wrong.get("/exchange/") for _ in range(36)]
    for account in ("f1@example.org", "unknown@example.org"):
        answers = statuses(account)
        codes = [a.status_code for a in answers]
        assert codes[:25] == [401] * 25 and codes[-1] == 429, codes
        assert int(answers[-1].headers["Retry-After"]) > 0
        check_error(answers[-1], 429)
    assert right.get("/exchange/").status_code == 200
    fresh = t.client(basic=("f1@example.org", "correct horse battery"))
    assert fresh.get("/exchange/").status_code == 200
    assert t.fed.get("/exchange/").status_code == 200


# How it is served.


@pytest.mark.parametrize("address", ["0.0.0.0", "[::]"])
def test_plain_http_beyond_loopback_is_refused_in_words(bare, address):
    """S1."""
    done = bare.run("serve", "--listen", f"{address}:0", check=False)
    assert done.returncode != 0
    assert "tls" in done.stderr.lower()


def test_the_first_line_ends_with_the_port_also_where_links_name_another_address(bare):
    """S1."""
    with (bare.data / "tocsin.conf").open("a") as conf:
        conf.write("public_url = https://exchange.example:8443/\n")
    server = bare.serve()
    assert server.words().splitlines()[0] == (
        "tocsin serves Election Exchange at https://exchange.example:8443, listening at "
        f"127.0.0.1:{server.port}")
    assert Client(server.base).get("/taxii2/").status_code == 200


def test_behind_a_proxy_only_that_address_is_believed(bare):
    """S1: Forwarded and X-Forwarded-For."""
    bare.serve("--behind-proxy", "127.0.0.1")
    client = Client(bare.server.base)
    for headers in ({"Forwarded": "for=192.0.2.7;proto=https"}, {"X-Forwarded-For": "192.0.2.7"},
                    {"X-Forwarded-For": "nonsense, 999.1"}, {"Forwarded": "for="}):
        assert client.get("/taxii2/", headers=headers).status_code == 200


def test_throttling_behind_a_proxy_goes_by_the_address_it_names(bare):
    """S1, S11."""
    bare.serve("--behind-proxy", "127.0.0.1")
    wrong = Client(bare.server.base, basic=("a@example.org", "guess"))
    first = [wrong.get("/exchange/", headers={"X-Forwarded-For": "192.0.2.1"}).status_code
             for _ in range(36)]
    assert first[-1] == 429
    assert wrong.get("/exchange/", headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 401


def test_a_self_signed_certificate_is_made_and_its_fingerprint_printed(bare):
    """S1, S6: TLS 1.2 and 1.3; nothing older."""
    bare.serve("--tls-self-signed", scheme="https")
    client = Client(bare.server.base, verify=False)
    assert client.get("/taxii2/").status_code == 200
    pem = ssl.get_server_certificate(("127.0.0.1", bare.server.port))
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    printed = re.sub(r"[^0-9a-f]", "", bare.server.words().lower())
    assert digest in printed
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = rawhttp.trusting()
        context.minimum_version = context.maximum_version = version
        with rawhttp.connect(bare.server.port, tls=context) as sock:
            sock.sendall(request("GET", "/taxii2/"))
            assert status(rawhttp.read_answer(sock)) == 200
    assert status(rawhttp.exchange(bare.server.port, request("GET", "/taxii2/"))) in (0, 400)


def make_ca(folder):
    """A CA, a server's and a client's certificate."""
    def run(*argv):
        subprocess.run(argv, check=True, capture_output=True, cwd=folder)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    run("openssl", "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
        "-subj", "/CN=Test CA")
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    for name in ("server", "client", "stranger"):
        run("openssl", "req", *key, "-keyout", name + ".key", "-out", name + ".csr",
            "-subj", f"/CN={name}")
        run("openssl", "x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "2", "-out", name + ".pem", "-extfile", "san")


def fingerprint(pem):
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.read_text())).hexdigest()


def test_a_client_certificate_is_a_token_of_its_organization(tmp_path, bare):
    """S6: looked up by fingerprint on every request; revoked counts at once (G10)."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make certificates with")
    make_ca(tmp_path)
    org = bare.org("Fed", "federal")
    k = bare.collection("K")
    bare.grant(k, org, read=True, write=True)
    mark = fingerprint(tmp_path / "client.pem")
    bare.run("cert", "add", "--org", org, "--fingerprint", mark)
    bare.serve("--tls-cert", tmp_path / "server.pem", "--tls-key", tmp_path / "server.key",
               "--client-ca", tmp_path / "ca.pem", scheme="https")
    clients = {}
    for name in ("client", "stranger", None):
        clients[name] = Client(bare.server.base, verify=str(tmp_path / "ca.pem"))
        if name:
            clients[name].session.cert = (str(tmp_path / f"{name}.pem"),
                                          str(tmp_path / f"{name}.key"))
    clients["client"].post(k, stix.campaign("red"))
    assert len(clients["client"].ids(k)) == 1
    check_error(clients["stranger"].objects(k), (401, 403))
    check_error(clients[None].objects(k), 401)
    assert clients[None].get("/taxii2/").status_code == 200
    bare.run("cert", "revoke", mark)
    check_error(clients["client"].objects(k), (401, 403))


def test_sigterm_finishes_what_runs_and_ends_well(own_town):
    """S8: stop accepting, finish what runs, exit 0."""
    t = own_town
    body = stix.envelope(stix.campaign("green")).encode()
    port = t.x.server.port
    with rawhttp.connect(port) as sock:
        sock.sendall(request("POST", t.fed.path(t.k, "objects"), t.tokens["fed"][1],
                             {"Content-Type": TAXII, "Content-Length": str(len(body))}, body[:50]))
        still_serves(t)
        t.x.server.signal(signal.SIGTERM)

        def is_turned_away():
            try:
                with rawhttp.connect(port, 1) as late:
                    return late.recv(1) == b""
            except TimeoutError:
                return False
            except OSError:
                return True
        assert poll(is_turned_away)
        sock.sendall(body[50:])
        assert status(rawhttp.read_answer(sock)) == 202
    assert t.x.server.process.wait(timeout=20) == 0
    t.x.serve()
    assert len(t.client(token=t.tokens["fed"][1]).ids(t.k)) == 1


def ids_of_many_answers(town, count):
    client = town.client(token=town.tokens["fed"][1])
    return [client.objects(town.k).headers["X-Request-Id"] for _ in range(count)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGABRT])
def test_every_answer_is_in_the_log_however_the_server_ends(own_town, number):
    """S7, S8: lines are written in groups, and none is lost with the process."""
    t = own_town
    ids = ids_of_many_answers(t, 40)
    t.x.server.signal(number)
    code = t.x.server.process.wait(timeout=20)
    assert code == (0 if number == signal.SIGTERM else -number)
    lines = t.x.server.log.read_text().splitlines()
    assert [line.split()[2] for line in lines if "/objects/ 200 " in line] == ids


def test_the_log_follows_the_answers_at_once(own_town):
    """S7: nobody need stop the server to read it."""
    last = ids_of_many_answers(own_town, 3)[-1]
    assert poll(lambda: last in own_town.x.server.words())


def test_sighup_refuses_a_bad_file_and_keeps_the_old_settings(own_town):
    """S8: with its line number in the log; a good one is taken."""
    t = own_town
    conf = t.x.data / "tocsin.conf"
    good = conf.read_text()
    lines = good.count("\n") + 1
    conf.write_text(good + "\nno_such_setting = 1\n")
    t.x.server.signal(signal.SIGHUP)
    assert poll(lambda: "no_such_setting" in t.x.server.words())
    line = next(w for w in t.x.server.words().splitlines() if "no_such_setting" in w)
    assert str(lines + 1) in line or str(lines) in line
    still_serves(t)
    conf.write_text(good)
    t.x.server.signal(signal.SIGHUP)
    still_serves(t)
    assert t.x.server.is_running()


def test_a_bad_settings_file_is_refused_at_start_with_its_line(bare):
    conf = bare.data / "tocsin.conf"
    conf.write_text("\n\nno_such_setting = 1\n")
    done = bare.run("serve", "--listen", "127.0.0.1:0", check=False)
    assert done.returncode != 0
    assert "3" in done.stderr and "no_such_setting" in done.stderr


def test_a_port_in_use_is_named(own_town, tmp_path):
    other = Exchange(tmp_path / "second")
    other.init()
    done = other.run("serve", "--listen", f"127.0.0.1:{own_town.x.server.port}", check=False)
    assert done.returncode != 0 and str(own_town.x.server.port) in done.stderr
    assert "end what listens there, or take another port" in done.stderr


def test_idle_the_server_is_small(own_town):
    """Under 30 MB idle on a small exchange."""
    text = Path(f"/proc/{own_town.x.server.process.pid}/status").read_text()
    assert int(re.search(r"VmRSS:\s+(\d+)", text)[1]) < 30_000


def test_one_organization_cannot_hold_all_memory_for_bodies(own_town):
    """S7: bodies under way are counted by organization; others go on."""
    t = own_town
    t.x.stop()
    with (t.x.data / "tocsin.conf").open("a") as settings:
        settings.write("\nbodies_bytes_per_org_max = 1048576\n")
    t.x.serve()
    size = 700_000
    length = {"Content-Type": TAXII, "Content-Length": str(size), "Connection": "close"}

    def answer(name, headers, body=b""):
        head = length | headers
        return rawhttp.exchange(t.x.server.port, request(
            "POST", t.fed.path(t.k, "objects"), t.tokens[name][1], head, body), 20)

    def offer():
        """Asks whether a body would be taken and sends none, so as to take no room itself."""
        return answer("fed", {"Expect": "100-continue"})
    whole = BODY.rjust(size)
    with rawhttp.connect(t.x.server.port) as sock:
        sock.sendall(post(t, {"Content-Length": str(size)}, b"{" * (size - 1)))
        assert poll(lambda: status(offer()) == 429, 60)
        refused = offer()
        assert b"too many request bodies of yours" in refused and b"Retry-After" in refused
        assert status(answer("plat", {}, whole)) == 202
    assert poll(lambda: status(answer("fed", {}, whole)) == 202, 60)


def peak_kilobytes(town):
    text = Path(f"/proc/{town.x.server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", text)[1])


def test_a_body_of_numbers_costs_little_more_than_its_bytes(own_town):
    """S16: values are counted before memory is taken for them."""
    t = own_town
    numbers = b",".join([b"1"] * 8_000_000)
    body = b'{"objects":[{"type":"x-a","id":"x-a--1","numbers":[' + numbers + b"]}]}"
    before = peak_kilobytes(t)
    sent = post(t, {"Content-Length": str(len(body))}, body)
    answer = rawhttp.exchange(t.x.server.port, sent, 60)
    assert status(answer) == 413 and b"keys and values" in answer
    assert peak_kilobytes(t) - before < 6 * len(body) / 1024
    still_serves(t)


def test_descriptors_and_memory_are_given_back(own_town):
    """Bad input: connection and memory given back."""
    t = own_town
    pid = t.x.server.process.pid

    def opened():
        return len(os.listdir(f"/proc/{pid}/fd"))
    before = opened()
    for _ in range(50):
        with rawhttp.connect(t.x.server.port) as sock:
            sock.sendall(post(t, {"Content-Length": "100000"}, b"{" * 1000))
    # A few stay: the database connections that as many threads used at once are kept for the next.
    assert poll(lambda: opened() <= before + 12), (before, opened())

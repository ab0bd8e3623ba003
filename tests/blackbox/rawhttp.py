"""Requests written byte by byte, for what no client library sends."""

import socket
import ssl

from taxii import TAXII


def request(method, target, token=None, headers=None, body=b"", version="HTTP/1.1"):
    """A head in the usual order; headers given replace those of the same name, None drops one."""
    all_headers = {"Host": "127.0.0.1", "Accept": TAXII}
    if token:
        all_headers["Authorization"] = "Bearer " + token
    all_headers |= headers or {}
    lines = [f"{method} {target} {version}"]
    lines += [f"{k}: {v}" for k, v in all_headers.items() if v is not None]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def connect(port, timeout=10, tls=None):
    plain = socket.create_connection(("127.0.0.1", port), timeout=timeout)
    return tls.wrap_socket(plain, server_hostname="localhost") if tls else plain


def trusting():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def read_all(sock):
    """Everything until the other end closes, falls silent for the timeout, or resets."""
    out = b""
    try:
        while piece := sock.recv(65536):
            out += piece
    except (TimeoutError, ConnectionError):
        pass
    return out


def read_answer(sock):
    """One answer with Content-Length, and no byte more."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = sock.recv(65536)
        if not piece:
            return head
        head += piece
    head, _, body = head.partition(b"\r\n\r\n")
    size = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            size = int(value)
    while len(body) < size:
        piece = sock.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def exchange(port, data, timeout=5):
    """Sends, and reads one answer."""
    with connect(port, timeout) as sock:
        try:
            sock.sendall(data)
        except ConnectionError:
            pass
        try:
            return read_answer(sock)
        except (TimeoutError, ConnectionError):
            return b""


def status(answer):
    """The status of an answer, or 0 when the connection was closed without one."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0

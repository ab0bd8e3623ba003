"""Writes the built web application as one C table (src/api/web.h): every file and its gzip form.

usage: embed_web.py OUT.c DIST

A folder that is not there makes an empty table. OUT.c is left alone where nothing changed.
"""
import gzip
import pathlib
import sys

TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2", ".png": "image/png",
    ".ico": "image/x-icon", ".webmanifest": "application/manifest+json",
}
PACKED = (".html", ".js", ".css", ".json", ".svg", ".txt")


def array(name, data):
    rows = [",".join(map(str, data[i:i + 32])) for i in range(0, len(data), 32)]
    return "static const unsigned char %s[] = {\n%s};\n" % (name, ",\n".join(rows))


def view(name, data):
    return "(const char *)%s, %d" % (name, len(data)) if data else "NULL, 0"


def file_rows(number, root, path):
    """The arrays of one file, and its row."""
    plain = path.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0) if path.suffix in PACKED else b""
    if len(packed) * 10 > len(plain) * 9:
        packed = b""
    name = path.relative_to(root).as_posix()
    arrays = array("PLAIN_%d" % number, plain or b"\n")
    arrays += array("PACKED_%d" % number, packed) if packed else ""
    row = '    {"%s", "%s", %s, %s, %s},' % (
        name, TYPES[path.suffix], view("PLAIN_%d" % number, plain or b"\n"),
        view("PACKED_%d" % number, packed), "true" if name.startswith("assets/") else "false")
    return arrays, row


def main(out, dist):
    root = pathlib.Path(dist)
    files = [p for p in root.rglob("*") if p.suffix in TYPES] if root.is_dir() else []
    files.sort(key=lambda p: p.relative_to(root).as_posix().encode())
    parts = [file_rows(i, root, p) for i, p in enumerate(files)]
    # A table in C has at least one row; the count does not count this one.
    rows = [row for _, row in parts] or ["    {NULL, NULL, NULL, 0, NULL, 0, false},"]
    text = ('#include "api/web.h"\n\n' + "".join(arrays for arrays, _ in parts)
            + "\nconst struct web_file WEB_FILES[] = {\n" + "\n".join(rows)
            + "\n};\nconst size_t WEB_FILE_COUNT = %d;\n" % len(parts))
    target = pathlib.Path(out)
    if not target.exists() or target.read_text("ascii") != text:
        target.write_text(text, "ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])

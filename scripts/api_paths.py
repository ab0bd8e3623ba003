"""Writes what api/openapi.yaml says of each operation as a C table, for the test of the routes.

usage: api_paths.py OUT.c openapi.yaml
"""
import pathlib
import sys

import yaml

METHODS = ("get", "post", "put", "patch", "delete")


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item.get("parameters", []), item[method]


def has_reference(parameters, name):
    return any(p.get("$ref", "").endswith("/" + name) for p in parameters)


def row(method, path, shared, operation):
    parameters = shared + operation.get("parameters", [])
    flags = (operation.get("security") == [], "requestBody" in operation,
             has_reference(parameters, "IfMatch"))
    words = ", ".join("true" if flag else "false" for flag in flags)
    return '    {HTTP_%s, "/api%s", %s},' % (method.upper(), path, words)


def main(out, source):
    document = yaml.safe_load(pathlib.Path(source).read_text("utf-8"))
    rows = [row(*each) for each in operations(document)]
    pathlib.Path(out).write_text(
        '#include "paths.h"\n\nconst struct documented API_DOCUMENTED[] = {\n' + "\n".join(rows)
        + "\n};\nconst size_t API_DOCUMENTED_COUNT = %d;\n" % len(rows), "ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])

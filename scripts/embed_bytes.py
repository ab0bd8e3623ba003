"""Writes a file as a C array with its size.

usage: embed_bytes.py OUT.c HEADER NAME FILE
"""
import pathlib
import sys


def main(out, header, name, path):
    data = pathlib.Path(path).read_bytes()
    rows = [", ".join("0x%02x" % b for b in data[i:i + 16]) for i in range(0, len(data), 16)]
    pathlib.Path(out).write_text(
        '#include "%s"\n\nconst char %s[] = {\n    %s};\nconst size_t %s_BYTES = sizeof(%s);\n'
        % (header, name, ",\n    ".join(rows), name, name), "ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])

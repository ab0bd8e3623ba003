"""Writes the migrations, in the order of their numbers, as one C table.

usage: embed_migrations.py OUT.c FILE.sql...
"""
import pathlib
import sys


def c_string(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "\n".join('    "%s\\n"' % line for line in escaped.splitlines())


def main(out, files):
    rows, texts = [], []
    for path in sorted(map(pathlib.Path, files), key=lambda p: p.name):
        number, name = path.stem.split("_", 1)
        sql = c_string(path.read_text("utf-8"))
        texts.append("static const char SQL_%s[] =\n%s;\n" % (number, sql))
        rows.append('    {%d, "%s", {SQL_%s, sizeof(SQL_%s) - 1}},'
                    % (int(number), name, number, number))
    pathlib.Path(out).write_text(
        '#include "store/migrations.h"\n\n' + "\n".join(texts)
        + "\nconst struct db_migration STORE_MIGRATIONS[] = {\n" + "\n".join(rows)
        + "\n};\nconst size_t STORE_MIGRATION_COUNT =\n"
        + "    sizeof(STORE_MIGRATIONS) / sizeof(STORE_MIGRATIONS[0]);\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

"""Says where the demo exchange is served, and as whom one may look.

usage: demo_words.py DATA PORT
"""

import json
import socket
import sys
from pathlib import Path

LOOK_AT = "security"


def check_port(port):
    """The server would say it too, but below everything that is said here."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as reason:
            words = getattr(reason, "strerror", None) or str(reason)
            sys.exit(f"demo: cannot serve on port {port}: {words.rstrip('.')}; "
                     "another one: ./demo --port N")


def main(data, port):
    check_port(int(port))
    secrets = Path(data) / "demo-secrets.json"
    chairs = json.loads(secrets.read_text(encoding="utf-8"))["chairs"]
    base = f"http://localhost:{port}"
    print(f"{base}/app/      the pages, from six people's chairs\n"
          f"{base}/          the first page: what anyone may read\n"
          f"{base}/taxii2/   for programs: TAXII 2.1\n\n"
          "Everything in it is an exercise and invented. What is shown differs by who asks:\n")
    width = max(len(chair["name"]) for chair in chairs)
    for chair in chairs:
        print(f"  {chair['name']:{width}}  {chair['organization']}")
    print(f"\nTheir tokens and passwords are in {secrets}. "
          f"Three objects as {chairs[0]['name']}:\n\n"
          "  curl -H 'Accept: application/taxii+json;version=2.1' \\\n"
          f"       -H 'Authorization: Bearer {chairs[0]['token']}' \\\n"
          f"       '{base}/exchange/collections/{LOOK_AT}/objects/?limit=3'\n\n"
          "Ctrl-C ends it.\n", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

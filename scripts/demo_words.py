"""Says where the demo exchange is served, and as whom one may look.

usage: demo_words.py DATA PORT
"""

import json
import sys
from pathlib import Path


def main(data, port):
    secrets = json.loads((Path(data) / "demo-secrets.json").read_text(encoding="utf-8"))
    base = f"http://localhost:{port}"
    chairs = secrets["chairs"]
    print(f"The demo exchange: {base}/ for people, {base}/taxii2/ for programs (TAXII 2.1).\n"
          "Everything in it is an exercise and invented.\n")
    print("Each of these people has a token; what it shows differs by who asks:\n")
    for chair in chairs:
        print(f"  {chair['name']}, {chair['organization']}\n    {chair['token']}")
    print("\nTry, with one of them:\n")
    print("  curl -H 'Accept: application/taxii+json;version=2.1' \\\n"
          f"       -H 'Authorization: Bearer {chairs[0]['token']}' {base}/taxii2/")
    print(f"\nPasswords are in {data}/demo-secrets.json. Ctrl-C ends it.\n", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""An exchange for tests of the command line: two organizations, one collection, not served."""

import objects as stix
from exchange import Exchange


class House:
    """An exchange that is not served, with two organizations and a collection."""

    def __init__(self, data):
        x = self.x = Exchange(data)
        self.made = x.init()
        self.fed, self.plat = x.org("Fed", "federal", ["us"]), x.org("Plat", "platform")
        self.k = x.collection("K")
        for org in (self.fed, self.plat):
            x.grant(self.k, org, read=True, write=True)

    def put(self, *things, org=None, collection=None, author=None):
        self.x.import_text(collection or self.k, org or self.fed, stix.bundle(*things), author)

    def reads(self, id, org=None, *more):
        return self.x.run("show", id, "--as", org or self.plat, *more, check=False).returncode == 0


def fails(done, *words):
    assert done.returncode != 0, done.stdout
    said = done.stderr.lower()
    assert said.strip(), "an error without words"
    for word in words:
        assert word.lower() in said, done.stderr
    return done

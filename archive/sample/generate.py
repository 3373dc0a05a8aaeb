"""How is the sample made? ``python -m archive.sample.generate`` writes it anew, the same on every run.

Change a text in ``texts/`` or a page in ``templates/``, run this, and commit what it writes.
"""

import csv
import io

from archive import sample
from archive.sample import content, web
from archive.sample.sites import jura_vosges, liege, plaines, rabot, suds

SITES = (suds, jura_vosges, plaines, liege, rabot)


def press() -> bytes:
    """Return the WARC file of the whole sample."""
    return web.warc(answer for site in SITES for answer in site.answers())


def directory() -> str:
    """Return the co-op directory as CSV: the listed co-ops, and some that no text names."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["name", "form", "siren", "commune", "department", "website", "aliases"])
    for coop in sorted(content.coops(), key=lambda coop: coop.name.casefold()):
        if coop.listed:
            place = (coop.commune, coop.department, coop.website or "", ";".join(coop.aliases))
            writer.writerow([coop.name, coop.form, coop.siren or "", *place])
    return buffer.getvalue()


def main() -> None:
    """Write the WARC file and the directory into the package."""
    sample.warc().write_bytes(press())
    sample.directory().write_text(directory(), "utf-8")


if __name__ == "__main__":
    main()

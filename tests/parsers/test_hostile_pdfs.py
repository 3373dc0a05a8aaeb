"""A broken PDF, or a trap, ends as a named problem within limits, or is read all the same."""

import pytest

from archive.models import Page
from archive.parsers.records import records
from archive.reading import attempt
from tests.parsers.hostile_pdfs import READ, TRAPS

URL = "https://a.example/piege.pdf"


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_named_or_read(name: str):
    made, said = TRAPS[name]
    body = made if isinstance(made, bytes) else made()
    found = attempt(lambda: records(Page(URL, body)))
    if said is READ:
        assert not isinstance(found, str)
        assert [record.text for record in found] == ["La Scop du Val ouvre ses portes."]
    else:
        assert isinstance(found, str)
        assert said in found

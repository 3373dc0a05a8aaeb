"""How is a record written as JSON? The shape that ``coopress extract`` promises, keys in this order."""

from archive.models import CoopMention, DepartmentMention, Event, Figure, FoundDate, Quote, Record


def as_json(record: Record) -> dict[str, object]:
    """Return the record as JSON values: what the page does not say is ``None``, never ``""``.

    ``board``, ``original`` and ``position`` come with clippings only, ``issue`` and what follows it here with
    publications only, ``facts_until`` with enormous texts.
    """
    shape: dict[str, object] = {
        "url": record.url,
        "canonical": record.canonical,
        "kind": record.kind,
        "title": record.title,
        "kicker": record.kicker,
        "language": record.language,
        "published": _date(record.published),
        "updated": _date(record.updated),
        "authors": list(record.authors),
        "outlet": record.outlet,
        "text": record.text or None,
        "coops": [_coop(coop) for coop in record.coops],
        "departments": [_department(department) for department in record.departments],
        "events": [_event(event) for event in record.events],
        "quotes": [_quote(quote) for quote in record.quotes],
        "links": [{"url": link.url, "text": link.text or None} for link in record.links],
        "images": [{"url": image.url, "caption": image.caption} for image in record.images],
    }
    if record.board is not None:
        shape |= {"board": record.board, "original": record.original, "position": record.position}
    if record.kind == "publication":
        shape |= _of_publication(record)
    if record.facts_until is not None:
        shape["facts_until"] = record.facts_until
    shape["paywalled"] = record.paywalled
    shape["obstacle"] = record.obstacle
    return shape


def _quote(quote: Quote) -> dict[str, object]:
    return {
        "quote": quote.quote,
        "speaker": quote.speaker,
        "role": quote.role,
        "start": quote.start,
        "end": quote.end,
        "speaker_start": quote.speaker_start,
        "speaker_end": quote.speaker_end,
        "rule": quote.rule,
        "field": quote.field,
        "confidence": quote.confidence,
    }


def _of_publication(record: Record) -> dict[str, object]:
    return {
        "issue": record.issue,
        "pages": list(record.pages),
        "sections": [
            {"title": one.title, "start": one.start, "end": one.end, "page": one.page}
            for one in record.sections
        ],
        "figures": [_figure(record, one) for one in record.figures],
        "needs_ocr": record.needs_ocr,
    }


def _figure(record: Record, figure: Figure) -> dict[str, object]:
    return {
        "label": figure.label,
        "value": figure.value,
        "unit": figure.unit,
        "evidence": figure.evidence,
        "start": figure.start,
        "end": figure.end,
        "page": record.page_at(figure.start),
    }


def _date(found: FoundDate | None) -> dict[str, object] | None:
    if found is None:
        return None
    shape: dict[str, object] = {
        "value": found.value,
        "precision": found.precision,
        "rule": found.rule,
        "evidence": found.evidence,
        "time": found.time,
    }
    if found.start is not None:
        shape |= {"start": found.start, "end": found.end}
    shape["others"] = [
        {"value": other.value, "rule": other.rule, "evidence": other.evidence} for other in found.others
    ]
    return shape


def _coop(coop: CoopMention) -> dict[str, object]:
    return {
        "name": coop.name,
        "form": coop.form,
        "department": coop.department,
        "siren": coop.siren,
        "status": coop.status,
        "surface": coop.surface,
        "start": coop.start,
        "end": coop.end,
        "rule": coop.rule,
        "field": coop.field,
        "confidence": coop.confidence,
    }


def _department(department: DepartmentMention) -> dict[str, object]:
    return {
        "code": department.code,
        "via": department.via,
        "evidence": department.evidence,
        "start": department.start,
        "end": department.end,
        "field": department.field,
    }


def _event(event: Event) -> dict[str, object]:
    return {
        "start": event.start,
        "end": event.end,
        "what": event.what,
        "evidence": event.evidence,
        "place": event.place,
    }

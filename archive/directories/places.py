"""Where is a seat? Its department, by number, name or postal code, and its commune with its accents."""

import re

from archive import gazetteer

# « PARIS 11 », « MARSEILLE 3E ARRONDISSEMENT », « LYON CEDEX 03 ».
_DISTRICT = re.compile(r"\s+(?:cedex\b.*|\d{1,2}(?:er|e|eme|ème)?\b.*)$", re.IGNORECASE)


def department_of(
    number_or_name: str = "", commune_code: str = "", postal_code: str = "", commune: str = ""
) -> str | None:
    """Return the INSEE code of a department, ``None`` when nothing given tells one.

    >>> department_of("1"), department_of("Ain"), department_of(commune_code="2A004")
    ('01', '01', '2A')
    >>> department_of(commune_code="97411"), department_of(postal_code="94800"), department_of("Atlantis")
    ('974', '94', None)
    >>> department_of(commune="MONTPELLIER"), department_of(commune="Saint-Denis")  # there are seven
    ('34', None)
    """
    if number_or_name:
        padded = number_or_name.upper().zfill(2)
        if gazetteer.department(padded):
            return padded
        if named := gazetteer.department_by_name(number_or_name):
            return named.code
    if len(commune_code) == 5:
        code = commune_code[:3] if commune_code.startswith(("97", "98")) else commune_code[:2]
        if gazetteer.department(code):
            return code
    served = gazetteer.departments_at(postal_code) if postal_code else frozenset()
    if not served:
        bare = gazetteer.fold(_DISTRICT.sub("", commune.strip()))
        served = frozenset(one.department for one in gazetteer.communes_named(bare))
    return next(iter(served)) if len(served) == 1 else None


def commune_of(label: str, department: str | None) -> str | None:
    """Return a commune's name with its accents where the gazetteer has it, ``None`` for an empty label.

    >>> commune_of("SAINT ETIENNE", "42"), commune_of("MARSEILLE 13", "13"), commune_of("TREIFFENDEL", "35")
    ('Saint-Étienne', 'Marseille', 'Treiffendel')
    """
    bare = _DISTRICT.sub("", label.strip())
    if not bare:
        return None
    for commune in gazetteer.communes_named(gazetteer.fold(bare)):
        if department in (None, commune.department):
            return commune.name
    return bare.title() if bare.isupper() else bare

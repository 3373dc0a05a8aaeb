"""How sure is a mention of a co-op? As sure as its rule has been right on annotated texts."""

from collections.abc import Collection

# The share of co-ops that each rule found rightly on annotated French texts (unions, blogs, press, podcasts,
# directories), after one right and one wrong answer are added to its own, so that a rule that was asked
# seldom is trusted less. Measure again before changing a figure.
RULES = {
    "directory": 0.99,
    "form_before": 0.97,
    "named_again": 0.96,
    "name_and_department": 0.95,
    "form_after": 0.93,
    "is_a_coop": 0.92,
    "labelled_line": 0.91,
    "name_and_town": 0.9,
    "form_in_brackets": 0.86,
    "turned_coop": 0.86,
    "small_letters": 0.83,
    "spoken_of_again": 0.82,
    "same_clause": 0.82,
    "subject_of_page": 0.8,
    "telling_name": 0.8,
    "list_after_form": 0.8,
    "announced_list": 0.8,
    "list_of_addresses": 0.75,
    "example_of_coops": 0.75,
    "kind_of_business": 0.7,
    "subject_of_clipping": 0.67,
}


def of(rule: str, others: Collection[str] = ()) -> float:
    """Return how sure a mention is, from 0 to 1; ``others`` are the rules of all mentions of the same co-op.

    A name met again is as sure as the surest statement on it.

    >>> of("form_before"), of("named_again", {"named_again", "telling_name"})
    (0.97, 0.8)
    """
    if rule == "named_again":
        return max((RULES[other] for other in others if other != rule), default=RULES[rule])
    return RULES[rule]

# ruff: noqa: E501  # markup is quoted as sites write it
import pytest

from archive.models import Page
from archive.parsers.html import parse
from archive.parsers.outlets import outlet, without_site
from archive.parsers.structured import structured
from archive.parsers.titles import headline


def title_and_kicker(page: str) -> tuple[str | None, str | None]:
    document = parse(Page("https://a.example/x", f"<meta charset='utf-8'>{page}".encode()))
    found = headline(document, structured(document))
    return found.title, found.kicker


@pytest.mark.parametrize(
    ("page", "title", "kicker"),
    [
        ("<title>Le pont | Journal</title><h1>Le pont</h1>", "Le pont", None),
        ("<title>Le pont du canal | Journal</title><p>a</p>", "Le pont du canal", None),
        (
            "<title>x</title><h1><span class='surtitre'>Retour sur...</span> Le pont</h1>",
            "Le pont",
            "Retour sur...",
        ),
        ("<h1>Retour sur... 2e rencontre</h1>", "2e rencontre", "Retour sur..."),
        ("<h1>Édito | Et le pont tint…</h1>", "Et le pont tint…", "Édito"),
        ("<p class='surtitre'>Agenda</p><h1>Le pont</h1>", "Le pont", "Agenda"),
        ("<p>Agenda</p><h1>Le pont</h1>", "Le pont", None),
        ("<p class='slug'>SOCIAL-PONT-SCOP</p><h1>Le pont</h1>", "Le pont", None),
        (
            "<title>Foyer rural - Nouvelles</title><h2>Nouvelles</h2><h3 id='NewsPostDetailTitle'>Le pont tient</h3>",
            "Le pont tient",
            None,
        ),
        (
            "<title>Forum</title><h2>Le pont tient-il ?</h2><h3>Re: Le pont tient-il ?</h3>",
            "Le pont tient-il ?",
            None,
        ),
        ("<title>x</title><h1>Le pont tient <small>septembre 2013</small></h1>", "Le pont tient", None),
        (
            "<title>SEL du Gué - Le pont change de salle</title><img alt='SEL du Gué'><td>Le pont</td>",
            "Le pont change de salle",
            None,
        ),
        (
            "<title>Le blog des forgeronnes: Le pont tient</title><h1><a href='/'>Le blog des forgeronnes</a></h1><h3 class='entry-title'>Le pont tient</h3>",
            "Le pont tient",
            None,
        ),
        (
            "<title>Le Réveil paysan</title><font size=6><b>Le Réveil paysan</b></font><td><font size=5>Le pont du moulin tient bon</font><p>Oui.</p></td><p>© Le Réveil paysan</p>",
            "Le pont du moulin tient bon",
            None,
        ),
        ("<h1>Bienvenue sur le site de votre Union</h1><p>Le pont</p><p>03 04 2019</p>", "Le pont", None),
        (
            "<title>Le pont tient bon - Journal</title><td><font size=5><b>Le pont tient bon</b></font></td>",
            "Le pont tient bon",
            None,
        ),
        (
            "<title>Le pont - Journal</title><header class='site-header'><h1><a href='/'>Journal</a></h1></header><h2>Le pont</h2>",
            "Le pont",
            None,
        ),
        ("<h1>Le vrai<br>titre</h1>", "Le vrai titre", None),
        ("<p>rien</p>", None, None),
    ],
)
def test_title_and_kicker(page, title, kicker):
    assert title_and_kicker(page) == (title, kicker)


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Angers : la Scop recrute | L'Écho", "Angers : la Scop recrute"),
        ("Portrait : Anna et ses ruches", "Portrait : Anna et ses ruches"),
        ("Vingt-six prénoms", "Vingt-six prénoms"),
        (
            "Un pont - ce que la commune n’avait pas dit aux habitants",
            "Un pont - ce que la commune n’avait pas dit aux habitants",
        ),
    ],
)
def test_the_site_name_is_cut_off(title, bare):
    assert without_site(title) == bare


@pytest.mark.parametrize(
    ("head", "known", "name"),
    [
        ("<meta property='og:site_name' content='Le Fil'>", None, "Le Fil"),
        ("<meta property='og:site_name' content='Le Fil'>", "Le Fil du Port", "Le Fil du Port"),
        ("<title>Le pont - Le Fil du Port</title>", None, "Le Fil du Port"),
        ("<title>Le pont — Le carnet de La Ramille</title>", None, "La Ramille"),
        ("<title>Le pont</title>", None, None),
    ],
)
def test_the_outlet_is_what_the_site_calls_itself(head, known, name):
    document = parse(Page("https://a.example/x", f"<meta charset='utf-8'>{head}<h1>Le pont</h1>".encode()))
    found = outlet(document, structured(document), "Le pont", known)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("url", "line", "name"),
    [
        (
            "https://www.clairon-du-port.example/x",
            "<p><a href='/'>Le Clairon du Port</a></p>",
            "Le Clairon du Port",
        ),
        (
            "https://halle-aux-grains.example/x",
            "<footer>© La Halle aux Grains, 2020</footer>",
            "La Halle aux Grains",
        ),
        ("https://halle-aux-grains.example/x", "<p>La halle a brûlé.</p>", None),
        ("https://a.example/x", "<p>Le pont</p>", None),
    ],
)
def test_the_name_that_spells_the_host_is_the_outlets(url, line, name):
    page = f"<meta charset='utf-8'><title>Le pont</title><h1>Le pont</h1>{line}"
    document = parse(Page(url, page.encode()))
    found = outlet(document, structured(document), "Le pont", None)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("label", "kicker"),
    [("Filière", "Filière"), ("Vie de l’union", "Vie de l’union"), ("Abonnés", None), ("12 mai 2020", None)],
)
def test_a_label_set_over_the_headline_is_its_kicker(label, kicker):
    page = Page(
        "https://a.example/x",
        f"<meta charset='utf-8'><div><p class='genre'>{label}</p><h1>Le pont</h1></div>".encode(),
    )
    document = parse(page)
    assert headline(document, structured(document)).kicker == kicker


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (
            "<title>Le pont | Union des ponts – Grand Sud</title><a href='/'>Union des ponts – Grand Sud</a><h1>Le pont</h1>",
            "Union des ponts – Grand Sud",
        ),
        (
            "<title>x</title><a href='/'><img alt='Les Cahiers du gué' src='l.png'></a><h1>Le pont</h1>",
            "Les Cahiers du gué",
        ),
        ("<title>x</title><a href='/'>Accueil</a><h1>Le pont</h1>", None),
        (
            "<title>x</title><img alt='Les Nouvelles du gué'><h1>Le pont</h1><p>Les Nouvelles du gué, 23000 Guéret</p>",
            "Les Nouvelles du gué",
        ),
    ],
)
def test_a_site_is_known_by_the_link_to_its_home_or_by_its_banner(page, name):
    document = parse(Page("https://a.example/x/le-pont", f"<meta charset='utf-8'>{page}".encode()))
    found = outlet(document, structured(document), "Le pont", None)
    assert (found.name if found else None) == name


STORY = (
    "<p>" + "Les mariniers ont voté, à main levée, l’achat d’une grue qui tiendra sous le pont. " * 4 + "</p>"
)


@pytest.mark.parametrize(
    "page",
    [
        # the masthead in big type or as h1, the title of the head no more than its name
        "<title>L'Echo du canal</title><table><tr><td><font size=6>L'Écho du canal</font><br>mensuel</td></tr>"
        f"<tr><td><b>Menu</b></td><td><font size=5><b>Le pont du moulin tient bon</b></font>{STORY}</td></tr></table>",
        f"<title>L'Écho du canal</title><h1>L'Écho du canal</h1><p>mensuel</p><div class='titre-article'>Le pont du moulin tient bon</div>{STORY}",
        f"<title>L'Écho du canal - sommaire</title><h1>L'Écho du canal</h1><td><font size='+2'>Le pont du moulin tient bon</font>{STORY}</td>",
        # the head tells the title beside the name
        f"<title>L'Écho du canal - Le pont du moulin tient bon</title><div><h1>L'Écho du canal</h1><h2>Mensuel d’ici</h2></div><b>Le pont du moulin tient bon</b>{STORY}",
        # the name is known by the link that leads home
        f"<meta property='og:site_name' content='Écho du canal'><title>Écho du canal</title><h1>Écho du canal</h1><h3>Le pont du moulin tient bon</h3>{STORY}",
    ],
)
def test_a_masthead_is_not_the_title(page):
    assert title_and_kicker(page)[0] == "Le pont du moulin tient bon"


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Le pont tient</title><h1>Le pont tient</h1><h2>Trois questions au maçon</h2>{STORY}",
        f"<title>Le pont tient - Accueil</title><h1>Le pont tient</h1>{STORY}<h3 class='comments-title'>Laissez ici votre commentaire</h3>{STORY}",
        f"<title>Le pont tient</title><h1>Le pont tient</h1><div class='titre'>Un dimanche avec les maçons.</div>{STORY}",
        "<title>Le pont tient | Journal</title><h1>Le pont tient<a class='headerlink' href='#x'>¶</a></h1>",
        "<h1><a href='#x' class='anchor'>#</a> Le pont tient</h1>",
    ],
)
def test_a_short_title_is_no_masthead(page):
    assert title_and_kicker(page)[0] == "Le pont tient"


def test_the_masthead_over_another_headline_names_the_outlet():
    page = f"<title>L'Écho du canal</title><h1>L'Écho du canal</h1><div class='titre-article'>Le pont du moulin tient bon</div>{STORY}"
    document = parse(Page("https://a.example/x", f"<meta charset='utf-8'>{page}".encode()))
    found = outlet(document, structured(document), "Le pont du moulin tient bon", None)
    assert found is not None
    assert found.name == "L'Écho du canal"

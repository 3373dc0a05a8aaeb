"""Every source that ships with the program loads, and its patterns tell an article from the rest."""

from pathlib import Path

import pytest

import archive.sources
from archive.gazetteer import department
from archive.sources import load, load_all

FOLDER = Path(archive.sources.__file__).parent
FILES = sorted(FOLDER.rglob("*.toml"))
REAL = load_all()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_shipped_file_loads(path):
    assert load(path).path == path


def test_the_demonstration_is_not_among_the_sources_to_crawl():
    assert not [source.slug for source in REAL.values() if ".example" in source.home]


def test_the_movement_the_board_and_the_press_are_there():
    kinds = [source.kind for source in REAL.values()]
    assert "les_scop_idf" in REAL
    assert (kinds.count("union") >= 12, kinds.count("board") >= 1, kinds.count("press") >= 12) == (True,) * 3


@pytest.mark.parametrize("source", REAL.values(), ids=REAL)
def test_a_real_source_says_what_nobody_has_checked(source):
    head = source.path.read_text("utf-8").partition("\ntitle")[0]
    assert "To check" in head
    assert "robots.txt" in head


@pytest.mark.parametrize("source", REAL.values(), ids=REAL)
def test_nothing_is_republished_in_full_before_its_publisher_agrees(source):
    assert source.publish == ("excerpt" if source.kind == "union" else source.publish)
    assert source.publish != "full"


@pytest.mark.parametrize("source", REAL.values(), ids=REAL)
def test_a_region_is_made_of_departments(source):
    assert [code for code in source.region if department(code) is None] == []


@pytest.mark.parametrize("source", REAL.values(), ids=REAL)
def test_a_start_is_never_an_article(source):
    assert [
        url for url in source.fetch.start if source.fetch.articles and source.fetch.articles.search(url)
    ] == []


def test_no_start_is_asked_for_twice():
    starts = [url for source in REAL.values() for url in source.fetch.start]
    assert len(starts) == len(set(starts))


DRUPAL = [slug for slug, source in REAL.items() if source.kind == "union" and source.fetch.dated_only]


@pytest.mark.parametrize("slug", [slug for slug in DRUPAL if slug != "les_scop_hautsdefrance"])
def test_on_the_shared_platform_one_slug_under_the_root_may_be_news(slug):
    host = REAL[slug].home.removeprefix("https://").removeprefix("www.").rstrip("/")
    found = REAL[slug].fetch.articles.search
    assert found(f"https://www.{host}/retour-sur-l-assemblee-de-printemps")
    assert found(f"http://{host}/actualites-du-reseau-en-mai")
    assert found(f"https://www.{host}/sites/default/files/2024-05/Lettre%20de%20mai.pdf")
    for page in (
        "espace-presse",
        "espace-presse?page=2",
        "l-annuaire",
        "mentions-legales",
        "node/12",
        "a.pdf",
        "",
    ):
        assert not found(f"https://{host}/{page}"), page


ARTICLES = [
    ("les_scop_hautsdefrance", "https://les-scop-hautsdefrance.coop/41/une-nouvelle-scop-a-lens"),
    ("scopbtp", "https://www.scopbtp.org/actualites/details/77/une-charpente/"),
    ("scopbtp", "http://www.scopbtp.org/medias/on-parle-de-nous/78/le-pret-d-outils/"),
    ("made_in_scop", "https://www.made-in-scop.coop/actu/imprimer-ensemble"),
    ("pour_une_economie_humaine", "https://www.pouruneeconomiehumaine.coop/le-congres-de-lille"),
    ("cress_paca", "https://www.cresspaca.org/s-informer/actualites/a-la-une/un-local-partage"),
    ("cress_aura", "http://www.cress-aura.org/actus/un-local-partage"),
    ("alternatives_economiques", "https://www.alternatives-economiques.fr/boulangerie-reprise/00012345"),
    (
        "alternatives_economiques",
        "https://www.alternatives-economiques.fr/boulangerie-reprise/00012345#xtor=RSS-1",
    ),
    ("blog_abherve", "https://blogs.alternatives-economiques.fr/abherve/2020/02/29/une-scic-de-plus"),
    ("basta", "https://basta.media/la-boulangerie-reprise-par-ses-Salaries"),
    ("reporterre", "https://reporterre.net/La-boulangerie-des-quatre-vents"),
    ("localtis", "https://www.banquedesterritoires.fr/une-scic-pour-la-halle?pk_campaign=lettre"),
    ("la_gazette_des_communes", "https://www.lagazettedescommunes.com/123456/une-scic-pour-la-halle/"),
    ("le_monde_economie", "https://www.lemonde.fr/economie/article/2020/02/29/une-scop_12_34.html"),
    (
        "ouest_france",
        "https://www.ouest-france.fr/bretagne/vitre-35500/une-scop-0a1b2c3d-0a1b-11ec-0a1b-0a1b2c3d4e5f",
    ),
    ("ouest_france", "https://www.ouest-france.fr/bretagne/vitre-35500/une-scop-1234567"),
    ("actu_fr", "https://actu.fr/bretagne/vitre_35360/une-scop-de-plus_12345678.html"),
    ("ici", "https://www.francebleu.fr/infos/economie-social/une-scop-1580000000"),
    ("ici", "https://www.ici.fr/bretagne/ille-et-vilaine-35/vitre/une-scop-123"),
    ("ici", "https://www.ici.fr/corse/haute-corse-2b/bastia/une-scop-123"),
    ("le_journal_des_entreprises", "https://www.lejournaldesentreprises.com/breve/une-scop-de-plus-123456"),
    (
        "le_journal_des_entreprises",
        "https://www.lejournaldesentreprises.com/bretagne/article/une-scop-123456",
    ),
    ("socialter", "https://www.socialter.fr/article/une-scop"),
    ("politis", "https://www.politis.fr/articles/2020/02/une-scop-12345/"),
    ("carenews", "https://www.carenews.com/fondation-inventee/news/une-scic"),
    ("mediatico", "https://mediatico.fr/une-scop-de-plus/"),
    ("mediatico", "https://www.mediatico.fr/reportages/une-scop-de-plus/"),
    ("lage_de_faire", "https://lagedefaire-lejournal.fr/une-scop-de-plus/"),
    ("silence", "https://www.revuesilence.net/numeros/999-Titre-invente/une-scop"),
    ("recma", "http://www.recma.org/actualite/une-scop"),
    ("ess_et_societe", "https://www.ess-et-societe.net/Une-Scop-de-plus"),
    ("destimed", "https://destimed.fr/une-scop-de-plus"),
    ("touleco", "https://www.touleco.fr/Une-Scop-de-plus,12345"),
    ("magcentre", "https://www.magcentre.fr/123456-une-scop-de-plus/"),
    (
        "la_tribune_occitanie",
        "https://objectif-languedoc-roussillon.latribune.fr/economie/2020-02-29/une-scop-123456.html",
    ),
    ("sans_transition", "https://www.sans-transition-magazine.info/economie/une-scop"),
]


@pytest.mark.parametrize(("slug", "url"), ARTICLES)
def test_an_article_of_the_site_is_followed(slug, url):
    assert REAL[slug].fetch.articles.search(url)


OTHERS = [
    ("les_scop_hautsdefrance", "https://les-scop-hautsdefrance.coop/10/contactez-nous"),
    ("scopbtp", "https://www.scopbtp.org/actualites/"),
    ("pour_une_economie_humaine", "https://www.pouruneeconomiehumaine.coop/programme"),
    ("blog_abherve", "https://blogs.alternatives-economiques.fr/quelqu-un/2020/02/29/autre-chose"),
    ("basta", "https://basta.media/spip.php?rubrique12"),
    ("reporterre", "https://reporterre.net/spip.php?page=backend"),
    ("le_monde_economie", "https://www.lemonde.fr/en/economy/article/2020/02/29/a-coop_12_34.html"),
    ("mediatico", "https://mediatico.fr/category/actualite/"),
    ("ouest_france", "https://www.ouest-france.fr/bretagne/rennes-35000/"),
    ("actu_fr", "https://actu.fr/normandie/le-havre/"),
    ("silence", "https://www.revuesilence.net/actualites/numeros/9-X/numeros/9-X/une-scop"),
    ("la_tribune_occitanie", "https://objectifaquitaine.latribune.fr/economie/"),
]


@pytest.mark.parametrize(("slug", "url"), OTHERS)
def test_another_page_of_the_site_is_not(slug, url):
    assert not REAL[slug].fetch.articles.search(url)

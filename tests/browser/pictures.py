"""Take the pictures of the guide: the bundled sample, served and photographed.

Run by ``make pictures``; the pictures lie beside the style sheet and are shown on ``/guide``.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from .conftest import ARGUMENTS, CHROMIUM, ROOT

FOLDER = ROOT / "archive" / "serve" / "static" / "guide"
PAGES = {
    "recherche": "/recherche?q=coop%C3%A9ration",
    "article": "/recherche?q=fonderie",
    "cooperative": "/archive/coops?_sort=name",
    "presse": "/presse?par=mois&jour=2023-06-06",
    "revue": "/presse/revue?par=mois&jour=2023-06-06&titre=La+lettre+de+juin",
    "copie": "/recherche?q=fonderie",
}
# Where the page to be shown is some clicks further, what is clicked.
CLICKS = {
    "article": [".latest a"],
    "cooperative": ["a.title >> text=Filature"],
    "copie": [".latest a", "text=la réponse du"],
}
# A date field shows its date as the browser's language has it, and a browser without a screen speaks English.
_FRENCH_DATES = """for (const field of document.querySelectorAll("input[type=date]")) {
    const date = field.value.split("-").reverse().join("/");
    field.type = "text"; field.value = date;
}"""
_COMMAND = "import sys; sys.argv = {arguments!r}; from archive.cli import main; main()"


def main() -> None:
    """Write one PNG for each page."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        _run("demo", "--data", data, "--no-serve").wait()
        server = _run("serve", "--data", data, "--port", "0")
        assert server.stdout is not None
        address = server.stdout.readline().strip().rstrip("/")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
        page = browser.new_page(viewport={"width": 1100, "height": 720}, color_scheme="light", locale="fr-FR")
        for name, path in PAGES.items():
            page.goto(address + path)
            for click in CLICKS.get(name, []):
                page.click(click)
            page.wait_for_load_state("networkidle")
            page.evaluate(_FRENCH_DATES)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()
        server.terminate()


def _run(*arguments: str) -> subprocess.Popen[str]:
    code = _COMMAND.format(arguments=["coopress", *arguments])
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path(ROOT))


if __name__ == "__main__":
    main()

"""Writes the documents beside it from their texts, with LibreOffice: ``python -m tests.documents.make``."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

HERE = Path(__file__).parent

_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:date>2021-09-02T10:00:00</dc:date></office:meta>
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties fo:font-size="10.5pt" fo:language="fr"
  fo:country="FR" style:font-name="Liberation Serif"/></style:default-style>
 <style:style style:name="Text_20_body" style:family="paragraph">
  <style:paragraph-properties fo:margin-bottom="0.15cm"
   fo:text-align="justify" fo:hyphenation-ladder-count="no-limit"/>
  <style:text-properties fo:hyphenate="true" fo:hyphenation-remain-char-count="2"
   fo:hyphenation-push-char-count="2"/></style:style>
 <style:style style:name="Title" style:family="paragraph">
  <style:paragraph-properties fo:text-align="center" fo:margin-bottom="0.2cm"/>
  <style:text-properties fo:font-size="22pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Subtitle" style:family="paragraph">
  <style:paragraph-properties fo:text-align="center" fo:margin-bottom="0.4cm"/>
  <style:text-properties fo:font-size="12pt"/></style:style>
 <style:style style:name="Heading_20_1" style:family="paragraph">
  <style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"/>
  <style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Small" style:family="paragraph">
  <style:paragraph-properties fo:text-align="center"/>
  <style:text-properties fo:font-size="8pt"/></style:style>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="14.8cm"
  fo:page-height="21cm"
  fo:margin="1.5cm"/><style:header-style><style:header-footer-properties fo:min-height="0.8cm"
  fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style><style:header-footer-properties
  fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>
 <style:style style:name="Columns" style:family="section"><style:section-properties>
  <style:columns fo:column-count="{columns}" fo:column-gap="0.7cm"/></style:section-properties></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">
 <style:header><text:p text:style-name="Small">Union des ateliers du Berry</text:p></style:header>
 <style:footer><text:p text:style-name="Small">12, rue des Charrons, 18100 Vierzon — page <text:page-number
 text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{head}<text:section
 text:style-name="Columns" text:name="Colonnes">{body}</text:section>
</office:text></office:body></office:document>
"""


def flat(text: str, columns: int) -> str:
    """Return a text as one OpenDocument file: title, line below it, then headings and paragraphs."""
    title, below, *lines = text.splitlines()
    head = f'<text:p text:style-name="Title">{escape(title[2:])}</text:p>'
    head += f'<text:p text:style-name="Subtitle">{escape(below)}</text:p>'
    body = "".join(
        f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{escape(line[3:])}</text:h>'
        if line.startswith("## ")
        else f'<text:p text:style-name="Text_20_body">{escape(line)}</text:p>'
        for line in lines
    )
    return _FLAT.format(columns=columns, head=head, body=body)


def main() -> None:
    """Write the letter as a PDF in two columns, and as .odt and .docx in one."""
    text = (HERE / "lettre.txt").read_text("utf-8")
    with TemporaryDirectory() as folder:
        for columns, form in ((2, "pdf"), (1, "odt"), (1, "docx")):
            source = Path(folder) / "lettre.fodt"
            source.write_text(flat(text, columns), "utf-8")
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = [
                "soffice",
                profile,
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                str(HERE),
                str(source),
            ]
            subprocess.run(command, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()

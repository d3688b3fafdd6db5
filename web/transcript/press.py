"""The press: a process of its own that reads one HTML page and writes one tagged PDF (PDF/UA-1), and ends.

It is given the page on its standard input and the font by its path; it fetches nothing else, has none of the service's
keys, and a time limit of the kernel's besides that of whoever started it.
"""

import logging
import resource
import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

FONT = "fyr:font"
FACE = f'@font-face {{ font-family: Figtree; font-weight: 300 900; src: url("{FONT}") format("woff2"); }}'
LONGEST_CPU_S = 60
MOST_BYTES = 2 * 1024**3


class OnlyTheFont(URLFetcher):
    """Refuses every address but the one of our own font."""

    def __init__(self, font: bytes) -> None:
        super().__init__(allowed_protocols=())  # type: ignore[no-untyped-call]
        self._font = font

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The font. Raises ValueError for anything else."""
        if url != FONT:
            raise ValueError("the paper fetches nothing")
        return URLFetcherResponse(url, body=self._font, headers={"Content-Type": "font/woff2"})


def pdf(page: str, font: bytes) -> bytes:
    """The page as a tagged PDF with its font in it."""
    with_face = page.replace("<style>", f"<style>{FACE}", 1)
    made: bytes = HTML(string=with_face, url_fetcher=OnlyTheFont(font)).write_pdf(pdf_variant="pdf/ua-1")
    return made


def main() -> None:
    """Read, print, end. What the libraries would say could quote the page: nothing of it is written."""
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_CPU_S, LONGEST_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    logging.disable()
    sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode(), Path(sys.argv[1]).read_bytes()))


if __name__ == "__main__":
    main()

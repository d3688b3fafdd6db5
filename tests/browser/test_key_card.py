"""The key card fits on one page of paper, small or large, and nothing of a patient is on it."""

from io import BytesIO

import pikepdf
import pytest
from playwright.async_api import expect
from pypdfium2 import PdfDocument

from tests.browser.browser import AT_REST
from tests.browser.demo import Demo
from tests.browser.nurse import Nurse
from tests.browser.patient import Patient
from tests.browser.test_story import CHEST


def told(paper: bytes) -> str:
    """Every word on it."""
    document = PdfDocument(paper)
    return " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_it_is_one_page_of_keys(sweden: Demo, patient: Patient, nurse: Nurse, theme: str) -> None:
    await nurse.sign_in(sweden.url, "Sara Lind")
    await patient.open(sweden.url)
    await patient.write(CHEST, who="astrid")
    await patient.to_talk()
    await nurse.press("n")
    await nurse.is_mine()
    await nurse.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    await nurse.press("?")
    await expect(nurse.page.get_by_role("dialog")).to_be_visible()
    await nurse.page.evaluate(AT_REST)  # a dialog that is still fading in prints as nothing
    for size in ("A4", "A5"):
        paper = await nurse.page.pdf(format=size)
        with pikepdf.open(BytesIO(paper)) as document:
            assert len(document.pages) == 1, size
        words = told(paper)
        for key in ("claim_next", "advise", "note", "earlier", "emergency_call", "submit"):
            assert nurse.words("staff", f"key_{key}") in " ".join(words.split())
        assert "bröstet" not in words
        assert "Astrid" not in words

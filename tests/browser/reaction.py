"""How long it takes from a key to what it does being on the screen: measured in the page, by its own clock."""

from playwright.async_api import Page

WATCH = """(wanted) => {
  const is = () => document.querySelector(wanted) !== null;
  const before = is();
  window.reacted = new Promise((told) => {
    let begun = null;
    const look = () => {
      // The frame in which it is found is painted next; what a person sees comes with it.
      if (begun !== null && is()) requestAnimationFrame(() => told(performance.now() - begun));
      else requestAnimationFrame(look);
    };
    addEventListener("keydown", () => { begun = performance.now(); }, { capture: true, once: true });
    requestAnimationFrame(look);
  });
  return before;
}"""


async def reaction_ms(page: Page, key: str, wanted: str) -> float:
    """Press a key; how many milliseconds until what the selector names is on the screen."""
    assert not await page.evaluate(WATCH, wanted), f"{wanted} is there already"
    await page.keyboard.press(key)
    took: float = await page.evaluate("window.reacted")
    return round(took, 1)

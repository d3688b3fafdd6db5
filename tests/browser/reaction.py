"""How long it takes from a key to what it does being on the screen: measured in the page, by its own clock."""

from playwright.async_api import Page

WATCH = """(wanted) => {
  window.reacted = null;
  const is = () => document.querySelector(wanted) !== null;
  if (is()) { window.reacted = "there already"; return; }
  let begun = null;
  addEventListener("keydown", () => { begun ??= performance.now(); }, { capture: true, once: true });
  const look = () => {
    if (begun !== null && is()) {
      // The frame in which it is found is painted next; what a person sees comes with it.
      requestAnimationFrame((at) => { window.reacted = at - begun; });
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


async def reaction_ms(page: Page, key: str, wanted: str) -> float:
    """Press a key; how many milliseconds until what the selector names is on the screen."""
    await page.evaluate(WATCH, wanted)
    await page.keyboard.press(key)
    await page.wait_for_function("window.reacted !== null")
    took: float | str = await page.evaluate("window.reacted")
    assert not isinstance(took, str), f"{wanted} is {took}"
    return round(took, 1)

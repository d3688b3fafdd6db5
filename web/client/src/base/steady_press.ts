/**
 * A press is of what was under the pointer when it went down. A list that moves in the moment before it goes up makes
 * browsers give the click to nobody: the button that was pressed is clicked all the same, as long as the pointer stood still.
 */

/** Further than this between down and up, and whoever presses has gone away from it to leave it undone (WCAG 2.5.2). */
const STEADY_PX = 8;

interface Press {
  button: HTMLElement;
  x: number;
  y: number;
}

export function steadyPresses(): void {
  let press: Press | null = null;
  document.addEventListener("pointerdown", (event) => {
    const button = event.button === 0 ? buttonAt(event) : null;
    press = button && { button, x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointerup", (event) => {
    const began = press;
    press = null;
    if (!began || Math.hypot(event.clientX - began.x, event.clientY - began.y) > STEADY_PX) return;
    if (buttonAt(event) !== began.button) standing(began.button)?.click();
  });
  document.addEventListener("pointercancel", () => {
    press = null;
  });
}

function buttonAt({ target }: PointerEvent): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("button") : null;
}

/** Drawn anew meanwhile, it is known by its id. Behind a dialog that has come over it, it is not pressed. */
function standing(button: HTMLElement): HTMLElement | null {
  const now = button.isConnected ? button : button.id ? document.getElementById(button.id) : null;
  const modal = document.querySelector("dialog:modal");
  return modal && !modal.contains(now) ? null : now;
}

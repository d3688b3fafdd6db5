/** A button for what cannot be taken back: pressed, it asks; left without an answer, it has asked nothing. */
import { useState } from "preact/hooks";

export interface AskOnceProps {
  /** What it does, and the same as a question; null: it may be taken back, and is done at once. */
  does: string;
  really: string | null;
  /** Its name for who hears it: to whom it is done, too. */
  label(does: string): string;
  act(): void;
}

export function AskOnce({ does, really, label, act }: AskOnceProps) {
  const [asking, setAsking] = useState(false);
  const words = asking && really ? really : does;
  return (
    <button
      type="button"
      class="ds-button"
      data-variant="secondary"
      data-color={asking ? "danger" : undefined}
      aria-label={label(words)}
      onClick={() => (really && !asking ? setAsking(true) : act())}
      onBlur={() => setAsking(false)}
    >
      {words}
    </button>
  );
}

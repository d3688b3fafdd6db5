/** A button that asks the server for something: busy until it has come; a refusal is told below it. */
import { useSignal } from "@preact/signals";
import { Refusal } from "../base/refusal";
import { refusalWords, Wrong } from "./Page";

interface Asking {
  /** Rejects with a `Refusal`. */
  ask(): Promise<unknown>;
  label: string;
  busyLabel?: string;
}

export function AskButton({ ask, label, busyLabel = label }: Asking) {
  const busy = useSignal(false);
  const refused = useSignal<string | null>(null);
  const press = async () => {
    busy.value = true;
    refused.value = await ask().then(() => null, codeOf);
    busy.value = false;
  };
  return (
    <>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        data-fullwidth=""
        aria-busy={busy.value}
        disabled={busy.value}
        onClick={() => void press()}
      >
        {busy.value ? busyLabel : label}
      </button>
      {refused.value && <Wrong>{refusalWords(refused.value)}</Wrong>}
    </>
  );
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  throw error;
}

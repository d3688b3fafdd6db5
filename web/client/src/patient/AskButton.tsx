/** A button that saves a document of the server's; a refusal is told beside it. */
import { useSignal } from "@preact/signals";
import { Refusal } from "../base/refusal";
import { save } from "../base/save";
import { refusalWords, Wrong } from "./Page";

interface Saving {
  path(): string;
  label: string;
  busyLabel: string;
}

export function SaveButton({ path, label, busyLabel }: Saving) {
  const busy = useSignal(false);
  const refused = useSignal<string | null>(null);
  const press = async () => {
    busy.value = true;
    refused.value = await save(path()).then(() => null, codeOf);
    busy.value = false;
  };
  return (
    <div class="save-transcript">
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
    </div>
  );
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  throw error;
}

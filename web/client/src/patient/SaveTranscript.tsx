/** The conversation as a paper to keep. */
import { useSignal } from "@preact/signals";
import { Refusal } from "../base/refusal";
import { paperPath, save } from "../base/save";
import { lang, t } from "../base/words";
import { refusalWords, Wrong } from "./Page";

export function SaveTranscript({ contactId }: { contactId: string }) {
  const busy = useSignal(false);
  const refused = useSignal<string | null>(null);
  const press = async () => {
    busy.value = true;
    refused.value = await save(paperPath({ contactId, lang: lang.value })).then(() => null, codeOf);
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
        {t(busy.value ? "patient.transcript_making" : "patient.transcript_save")}
      </button>
      {refused.value && <Wrong>{refusalWords(refused.value)}</Wrong>}
    </div>
  );
}

function codeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  throw error;
}

/** The conversation as a paper to keep. */
import { paperPath, save } from "../base/save";
import { lang, t } from "../base/words";
import { AskButton } from "./AskButton";

export function SaveTranscript({ contactId }: { contactId: string }) {
  return (
    <div class="save-transcript">
      <AskButton
        ask={() => save(paperPath({ contactId, lang: lang.value }))}
        label={t("patient.transcript_save")}
        busyLabel={t("patient.transcript_making")}
      />
    </div>
  );
}

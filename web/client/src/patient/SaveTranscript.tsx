/** The conversation as a paper to keep. */
import { paperPath } from "../base/save";
import { lang, t } from "../base/words";
import { SaveButton } from "./SaveButton";

export function SaveTranscript({ contactId }: { contactId: string }) {
  return (
    <SaveButton
      path={() => paperPath({ contactId, lang: lang.value })}
      label={t("patient.transcript_save")}
      busyLabel={t("patient.transcript_making")}
    />
  );
}

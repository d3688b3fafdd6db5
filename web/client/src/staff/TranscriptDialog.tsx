/** Taking out a contact's transcript: as a paper or for another system, with the notes only when asked for. */
import { useState } from "preact/hooks";
import { Refusal } from "../base/refusal";
import { fhirPath, paperPath, save } from "../base/save";
import { lang, t } from "../base/words";
import type { OpenContact } from "./contact";
import { AskDialog } from "./Dialog";

const FORMS = ["pdf", "fhir"] as const;
type Form = (typeof FORMS)[number];

export function TranscriptDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const [form, setForm] = useState<Form>("pdf");
  const [notes, setNotes] = useState(false);
  const paper = { contactId: contact.id, lang: lang.value, notes };
  return (
    <AskDialog
      title={t("staff.transcript_title")}
      close={close}
      does={t("staff.transcript_take")}
      ready
      act={() => save(form === "pdf" ? paperPath(paper) : fhirPath(paper)).then(() => null, keepRefusal)}
    >
      <fieldset class="staff-transcript">
        <legend class="staff-hidden">{t("staff.transcript_form")}</legend>
        {FORMS.map((one) => (
          <label key={one}>
            <input type="radio" name="form" checked={form === one} onChange={() => setForm(one)} />
            {t(`staff.transcript_${one}`)}
          </label>
        ))}
      </fieldset>
      <label class="staff-transcript">
        <input type="checkbox" checked={notes} onChange={(event) => setNotes(event.currentTarget.checked)} />
        {t("staff.transcript_notes")}
      </label>
      <p class="staff-small">{t("staff.transcript_recorded")}</p>
    </AskDialog>
  );
}

function keepRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** Beside the conversation: which forms wait for the patient, each with a button. */
import { t } from "../base/words";
import type { Contact } from "../patient/contact";
import { type OpenForm, openForms } from "./open";
import { inMine } from "./text";
import "./words";

export function ToAnswer({ contact, open }: { contact: Contact; open(form: OpenForm): void }) {
  const forms = openForms(contact.entries.value);
  if (forms.length === 0 || contact.summary.value?.status === "closed") return null;
  return (
    <section aria-label={t("form.to_answer")} class="form-waiting">
      {forms.map((one) => (
        <button
          key={one.assigned.assignment_id}
          type="button"
          class="ds-button"
          data-variant="secondary"
          onClick={() => open(one)}
        >
          {t(Object.keys(one.saved).length ? "form.go_on" : "form.begin", { title: inMine(one.assigned.form.title) })}
        </button>
      ))}
    </section>
  );
}

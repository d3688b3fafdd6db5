/** Staff choose a form and send it into the conversation. */
import { useEffect, useState } from "preact/hooks";
import { newId } from "../base/id";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { AskDialog } from "../staff/Dialog";
import type { FormRow } from "../wire";
import { inMine } from "./text";
import "./form.css";
import "./words";

export function SendForm({ contact }: { contact: OpenContact }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="ds-button" data-variant="secondary" data-size="sm" onClick={() => setOpen(true)}>
        {t("form.staff_send")}
      </button>
      {open && <SendFormDialog contact={contact} close={() => setOpen(false)} />}
    </>
  );
}

function SendFormDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const [forms, setForms] = useState<readonly FormRow[]>([]);
  const [chosen, setChosen] = useState("");
  const [once] = useState(newId);
  useEffect(() => {
    void contact.listForms().then(setForms);
  }, [contact]);
  return (
    <AskDialog
      title={t("form.staff_title")}
      close={close}
      does={t("form.staff_send")}
      ready={chosen !== ""}
      act={() => contact.sendForm(chosen, once)}
    >
      <p>{t("form.staff_lead")}</p>
      <fieldset class="form-choosing">
        <legend class="staff-hidden">{t("form.staff_title")}</legend>
        {forms.map((one) => (
          <label key={one.form_id}>
            <input type="radio" name="form" checked={chosen === one.form_id} onChange={() => setChosen(one.form_id)} />
            <span>
              <strong>{inMine(one.title)}</strong> · {t("form.staff_questions", { n: one.questions })}
              {one.review === "unconfirmed" && ` · ${t("form.staff_unconfirmed")}`}
            </span>
          </label>
        ))}
      </fieldset>
    </AskDialog>
  );
}

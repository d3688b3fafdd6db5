/** Staff choose a form and send it into the conversation. */
import { useEffect, useState } from "preact/hooks";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { AskDialog } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import type { FormRow } from "../wire";
import { inMine } from "./text";
import "./form.css";
import "./words";

export function SendFormDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const [forms, setForms] = useState<readonly FormRow[] | Refusal | null>(null);
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
      {forms instanceof Refusal ? (
        <p role="alert" class="staff-problem">
          {refusalWords(forms.code)}
        </p>
      ) : (
        <FormChoice forms={forms} chosen={chosen} choose={setChosen} />
      )}
    </AskDialog>
  );
}

interface FormChoiceProps {
  /** Null while they are being fetched. */
  forms: readonly FormRow[] | null;
  chosen: string;
  choose(form_id: string): void;
}

function FormChoice({ forms, chosen, choose }: FormChoiceProps) {
  if (forms === null || forms.length === 0)
    return <p role="status">{t(forms === null ? "form.staff_fetching" : "form.staff_none")}</p>;
  return (
    <fieldset class="form-choosing">
      <legend class="staff-hidden">{t("form.staff_title")}</legend>
      {forms.map((one) => (
        <label key={one.form_id}>
          <input type="radio" name="form" checked={chosen === one.form_id} onChange={() => choose(one.form_id)} />
          <span>
            <strong>{inMine(one.title)}</strong> · {t("form.staff_questions", { n: one.questions })}
            {one.review === "unconfirmed" && ` · ${t("form.staff_unconfirmed")}`}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

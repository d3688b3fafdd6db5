/** Writing to colleagues: a note, a question to one of them or to a role, or the answer to a question. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../base/words";
import type { Colleague } from "../wire";
import { beginningOf } from "./colleagues";
import type { OpenContact } from "./contact";
import { AskDialog, TextField } from "./Dialog";
import { roleWords } from "./roles";
import "./talk_words";
import "./talk.css";

export interface AsideDialogProps {
  contact: OpenContact;
  colleagues(): Promise<readonly Colleague[]>;
  close(): void;
}

type What = "note" | "question";

export function AsideDialog({ contact, colleagues, close }: AsideDialogProps) {
  const question_no = contact.answering.value;
  const [what, setWhat] = useState<What>("note");
  const [text, setText] = useState("");
  const [whom, setWhom] = useState("");
  const mayAsk = !contact.isOutside; // whom to ask there, only those of the unit are told
  const asks = question_no === null && what === "question";
  const act = () => {
    if (question_no !== null) return contact.answerColleague(question_no, text.trim());
    if (!asks) return contact.note(text.trim());
    const [kind, name = ""] = whom.split(":");
    return contact.askColleague(text.trim(), kind === "staff" ? { to_staff: name } : { to_role: name });
  };
  return (
    <AskDialog
      title={t(question_no === null ? "talk.title" : "talk.answer_title")}
      close={close}
      does={t(question_no === null ? "talk.save" : "talk.answer")}
      ready={text.trim() !== "" && (!asks || whom !== "")}
      act={act}
    >
      <p class="talk-hidden">{t("talk.hidden")}</p>
      {question_no === null ? (
        mayAsk && <Kinds what={what} choose={setWhat} />
      ) : (
        <p class="staff-question">{beginningOf(contact.entries.value, question_no)}</p>
      )}
      {asks && <Whom colleagues={colleagues} me={contact.me} value={whom} choose={setWhom} />}
      <TextField label={t("talk.text")} value={text} rows={4} limit={8_000} required change={setText} />
    </AskDialog>
  );
}

function Kinds({ what, choose }: { what: What; choose(what: What): void }) {
  return (
    <fieldset class="staff-levels">
      <legend>{t("talk.kind")}</legend>
      {(["note", "question"] as const).map((one) => (
        <label key={one}>
          <input type="radio" name="aside" value={one} checked={one === what} onChange={() => choose(one)} />
          {t(`talk.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface WhomProps {
  colleagues(): Promise<readonly Colleague[]>;
  me: string;
  value: string;
  choose(value: string): void;
}

function Whom({ colleagues, me, value, choose }: WhomProps) {
  const [all, setAll] = useState<readonly Colleague[]>([]);
  useEffect(() => {
    void colleagues().then(setAll);
  }, []);
  const roles = [...new Set(all.map(({ role }) => role))];
  return (
    <label class="staff-field">
      {t("talk.whom")}
      <select class="ds-input" required value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="" />
        {all
          .filter(({ staff_id }) => staff_id !== me)
          .map(({ staff_id, name, role }) => (
            <option key={`${staff_id}:${role}`} value={`staff:${staff_id}`}>
              {name}, {roleWords(role)}
            </option>
          ))}
        {roles.map((role) => (
          <option key={role} value={`role:${role}`}>
            {t("talk.role_any", { role: roleWords(role) })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Offering the contact one holds: to whom, warm or cold, and SBAR, begun from what lies in the contact. */
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "../base/refusal";
import { lang, t } from "../base/words";
import { PARTS } from "../note/note";
import type { OpenContact } from "../staff/contact";
import { AskDialog, TextField } from "../staff/Dialog";
import { Newer } from "../staff/Newer";
import { refusalWords } from "../staff/refusal_words";
import { roleWords } from "../staff/roles";
import type { NoteSentence, Takers } from "../wire";
import type { HandOvers, To, Written } from "./handovers";
import "./words";
import "./handover.css";

const LIMIT = 4_000;
const NOBODY: Takers = { colleagues: [], units: [] };
const ANYONE = "unit:";
const NOTHING: Written = { situation: "", background: "", assessment: "", recommendation: "" };

export interface HandOverDialogProps {
  contact: OpenContact;
  handOvers: HandOvers;
  /** The contact's own unit. */
  unit_id: string;
  close(): void;
}

export function HandOverDialog({ contact, handOvers, unit_id, close }: HandOverDialogProps) {
  const [whom, setWhom] = useState("");
  const [warm, setWarm] = useState(false);
  const [written, setWritten] = useState(NOTHING);
  useEffect(() => {
    void contact.draftNote(lang.value).then((draft) => {
      if (!(draft instanceof Refusal)) setWritten((now) => begun(now, draft.sentences));
    });
  }, [contact]);
  const takers = useTakers(handOvers, unit_id);
  const named = whom.startsWith("staff:");
  return (
    <AskDialog
      title={t("handover.title")}
      close={close}
      does={t("handover.offer")}
      ready={whom !== "" && PARTS.every((part) => written[part].trim() !== "")}
      act={() => handOvers.offer(contact, toOf(whom, warm && named), written)}
      words={(code) => (code === "wrong_state" ? t("handover.not_now") : null)}
    >
      <p>{t("handover.lead")}</p>
      <Newer contact={contact} />
      <Whom takers={takers} value={whom} choose={setWhom} />
      {takers instanceof Refusal && (
        <p class="staff-problem" role="alert">
          {refusalWords(takers.code)}
        </p>
      )}
      {named && (
        <label class="staff-check">
          <input type="checkbox" checked={warm} onChange={(event) => setWarm(event.currentTarget.checked)} />
          {t("handover.warm")}
        </label>
      )}
      {PARTS.map((part) => (
        <TextField
          key={part}
          label={t(`handover.${part}`)}
          value={written[part]}
          limit={LIMIT}
          required
          change={(text) => setWritten({ ...written, [part]: text })}
        />
      ))}
    </AskDialog>
  );
}

/** What is not written yet begins with the draft: what stands in the contact, part by part. */
function begun(now: Written, sentences: readonly NoteSentence[]): Written {
  const drafted = (part: keyof Written) =>
    now[part] || textOf(sentences.filter((one) => one.part === part)).slice(0, LIMIT);
  return {
    situation: drafted("situation"),
    background: drafted("background"),
    assessment: drafted("assessment"),
    recommendation: drafted("recommendation"),
  };
}

/** The sentences of a part as one text. */
const textOf = (sentences: readonly NoteSentence[]): string => sentences.map(({ text }) => text).join(" ");

/** Null until they are known. */
function useTakers(handOvers: HandOvers, unit_id: string): Takers | Refusal | null {
  const [takers, setTakers] = useState<Takers | Refusal | null>(null);
  useEffect(() => {
    void handOvers.takers(unit_id).then(setTakers);
  }, [handOvers, unit_id]);
  return takers;
}

function toOf(whom: string, warm: boolean): To {
  const [kind = "", id = ""] = whom.split(":");
  return kind === "staff" ? { to_staff: id, unit_id: "", warm } : { to_staff: null, unit_id: id, warm: false };
}

interface WhomProps {
  takers: Takers | Refusal | null;
  value: string;
  choose(value: string): void;
}

function Whom({ takers, value, choose }: WhomProps) {
  const { colleagues, units } = takers === null || takers instanceof Refusal ? NOBODY : takers;
  return (
    <label class="staff-field">
      {t("handover.to")}
      <select class="ds-input" required value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{takers === null ? t("staff.loading") : ""}</option>
        <optgroup label={t("handover.colleagues")}>
          {colleagues.map(({ staff_id, name, role, here }) => (
            <option key={staff_id} value={`staff:${staff_id}`}>
              {[name, roleWords(role)].filter(Boolean).join(", ")} · {t(here ? "handover.here" : "handover.away")}
            </option>
          ))}
          <option value={ANYONE}>{t("handover.anyone")}</option>
        </optgroup>
        {units.length > 0 && (
          <optgroup label={t("handover.units")}>
            {units.map(({ unit_id, name }) => (
              <option key={unit_id} value={`unit:${unit_id}`}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}

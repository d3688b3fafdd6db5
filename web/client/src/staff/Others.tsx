/** Who else is in the contact just now, beside the log: a screen reader is not told of every beginning. */
import { readAt } from "../base/read_marks";
import { t } from "../base/words";
import type { EntryView } from "../wire";
import type { OpenContact } from "./contact";
import { clock } from "./times";
import "./talk_words";
import "./talk.css";

export function Others({ contact }: { contact: OpenContact }) {
  const others = contact.presence.others.value;
  const patientIsHere = others.some(({ who }) => who.kind === "patient");
  const isOpen = contact.summary.value?.status !== "closed";
  return (
    <p class="talk-others" aria-live="off">
      {others.map(({ key, who, state }) => {
        const known = who.name || t(who.kind === "patient" ? "talk.the_patient" : "talk.unknown_colleague");
        return (
          <span key={key} data-state={state}>
            {t(state === "typing" ? "talk.writes" : "talk.reads", { who: known })}
          </span>
        );
      })}
      {!patientIsHere && isOpen && <span>{t("talk.patient_away")}</span>}
    </p>
  );
}

/** Delivered says that it lies committed; read says that the patient has had it before them. */
export function Mark({ contact, entry }: { contact: OpenContact; entry: EntryView }) {
  const at = readAt(contact.entries.value, entry.no, "patient");
  return <span class="talk-mark">{at ? t("talk.read_at", { time: clock(at) }) : t("talk.delivered")}</span>;
}

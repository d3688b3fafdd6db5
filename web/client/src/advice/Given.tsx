/** A safety net in the conversation, as staff see it: the words, and whether the patient has said that they understood. */
import { Linked } from "../base/Prose";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { clock } from "../staff/times";
import type { EntryView, SafetyNetGiven } from "../wire";
import { netOf, toldSince } from "./net";
import "./advice.css";
import "./words";

export interface GivenProps {
  entry: EntryView;
  body: SafetyNetGiven;
  contact: OpenContact;
}

export function Given({ entry, body, contact }: GivenProps) {
  const { confirmed, words } = stateOf(entry, body, contact);
  return (
    <li
      id={`entry-${entry.no}`}
      tabIndex={-1}
      class="staff-said advice-given"
      data-mine="true"
      data-confirmed={confirmed}
    >
      <p class="staff-question">{t("advice.given")}</p>
      <div class="staff-text" dir="auto" lang={body.lang ?? undefined}>
        <Linked text={body.text} />
      </div>
      <p class="advice-state">{words}</p>
      <p class="staff-by">
        {entry.author.name} · <time dateTime={entry.at}>{clock(entry.at)}</time>
      </p>
    </li>
  );
}

function stateOf({ no }: EntryView, { closes }: SafetyNetGiven, { entries }: OpenContact) {
  const told = entries.value.find(({ body }) => body.kind === "safety_net_confirmed" && body.given_no === no);
  if (told) return { confirmed: true, words: t("advice.confirmed_at", { at: clock(told.at) }) };
  if (netOf(entries.value)?.no !== no) return { confirmed: false, words: t("advice.replaced") };
  const ends = closes && !toldSince(entries.value, no);
  const waits = ends ? t("advice.waits_closes", { reason: t(`staff.reason_${closes}`) }) : t("advice.waits");
  return { confirmed: false, words: waits };
}

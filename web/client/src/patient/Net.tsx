/** What to do if it gets worse, given by a person: the words, and "I have read and understood". */

import { toldSince } from "../advice/net";
import { clock } from "../base/clock";
import { Linked } from "../base/Prose";
import { t } from "../base/words";
import type { EntryView, SafetyNetGiven } from "../wire";
import type { Contact } from "./contact";
import { refusalWords, Wrong } from "./Page";
import "./net.css";

export interface NetProps {
  contact: Contact;
  entry: EntryView;
  body: SafetyNetGiven;
  author: string;
}

export function Net({ contact, entry, body, author }: NetProps) {
  return (
    <article class="bubble net" data-kind="safety_net_given" data-confirmed={contact.netConfirmed(entry.no)}>
      <header>
        <strong>{author}</strong> <time dateTime={entry.at}>{clock(entry.at)}</time>
      </header>
      <h3>{t("patient.net_title")}</h3>
      <div class="bubble-text" dir="auto" lang={body.lang ?? undefined}>
        <Linked text={body.text} />
      </div>
      <Confirming
        contact={contact}
        no={entry.no}
        closes={!!body.closes && !toldSince(contact.entries.value, entry.no)}
      />
    </article>
  );
}

/** The button stays until the log says that it was confirmed; pressed, it says at once that it is being sent. */
function Confirming({ contact, no, closes }: { contact: Contact; no: number; closes: boolean }) {
  if (contact.netConfirmed(no)) return <p class="net-confirmed">{t("patient.net_confirmed")}</p>;
  if (contact.newestNet.value?.no !== no) return null;
  const sending = contact.confirming.value;
  return (
    <div class="net-confirm">
      <p>{t("patient.net_ask")}</p>
      {closes && <p>{t("patient.net_closes")}</p>}
      {sending?.refused && <Wrong>{refusalWords(sending.refused)}</Wrong>}
      <button
        type="button"
        class="ds-button"
        disabled={sending !== null && !sending.refused}
        aria-busy={sending !== null && !sending.refused}
        onClick={() => contact.confirmNet(no)}
      >
        {t(sending && !sending.refused ? "patient.net_sending" : "patient.net_confirm")}
      </button>
    </div>
  );
}

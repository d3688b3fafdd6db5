/** "Welcome back": what has happened while the patient was away, said once, above everything else. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../base/words";
import { type Since, sinceLast } from "./away";
import type { Contact } from "./contact";
import { textOf } from "./Log";
import "./notice.css";

const HIDDEN_MS = 60_000;

export function Welcome({ contact }: { contact: Contact }) {
  const since = useSince(contact);
  const told = since.value;
  if (!told) return null;
  const context = { entries: contact.entries.value, unit: contact.summary.value?.unit ?? "" };
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">{t("patient.welcome_title")}</h2>
      <p>{t("patient.welcome_lead")}</p>
      <ul>
        {told.messages > 0 && <li>{t("patient.welcome_messages", { n: told.messages })}</li>}
        {told.events.map((entry) => (
          <li key={entry.no}>{textOf(entry, context)}</li>
        ))}
      </ul>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        onClick={() => {
          since.value = null;
        }}
      >
        {t("patient.welcome_close")}
      </button>
    </section>
  );
}

/** Looked at when the conversation first comes up, and when the page is seen again after a minute or more. */
function useSince(contact: Contact) {
  const since = useSignal<Since | null>(null);
  const loaded = contact.summary.value !== null;
  useEffect(() => {
    if (!loaded) return;
    since.value = sinceLast(contact.entries.peek(), Date.now());
    let hidden = Number.POSITIVE_INFINITY;
    const seen = () => {
      if (document.visibilityState === "hidden") hidden = Date.now();
      else if (Date.now() - hidden > HIDDEN_MS) since.value = sinceLast(contact.entries.peek(), Date.now());
    };
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [contact, loaded, since]);
  return since;
}

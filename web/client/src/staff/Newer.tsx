/** What others have said since one last looked, shown in the dialog that would otherwise act without it. */
import { useEffect } from "preact/hooks";
import { t } from "../base/words";
import type { EntryView } from "../wire";
import type { OpenContact } from "./contact";
import { eventWords } from "./event_words";
import { clock } from "./times";
import { valueWords } from "./values";

const GLANCE_MS = 1_000;

export function Newer({ contact }: { contact: OpenContact }) {
  const newer = contact.newer.value;
  const { head } = contact;
  useEffect(() => {
    if (newer.length === 0) return undefined;
    const timer = setTimeout(() => contact.saw(head), GLANCE_MS);
    return () => clearTimeout(timer);
  }, [contact, head, newer.length]);
  if (newer.length === 0) return null;
  return (
    <div class="staff-behind" role="alert">
      <p>{t("staff.newer", { n: newer.length })}</p>
      <ul>
        {newer.map((entry) => (
          <li key={entry.no}>
            <time dateTime={entry.at}>{clock(entry.at)}</time> {said(entry)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function said(entry: EntryView): string {
  const { body } = entry;
  if (body.kind === "answered") return `${body.wording} ${valueWords(body.value)}`;
  return eventWords(entry) ?? ("text" in body ? body.text : "");
}

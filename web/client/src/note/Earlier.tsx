/** Other contacts of whom the contact is about, as far as one may enter them. Asked for by a press: each asking is recorded. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refusal } from "../base/refusal";
import { Urgency } from "../base/urgency";
import { locale, t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { Fact } from "../staff/Fact";
import type { Workplace } from "../staff/workplace";
import type { EarlierContact } from "../wire";
import "./note.css";
import "./words";

export const EARLIER = "earlier-contacts";

export interface EarlierProps {
  contact: OpenContact;
  workplace: Workplace;
}

/** At once for who holds the contact; everyone else asks. */
export function Earlier({ contact, workplace }: EarlierProps) {
  const found = useSignal<readonly EarlierContact[] | null>(null);
  const { isMine } = contact;
  const ask = async () => {
    const answer = await contact.earlier();
    if (answer instanceof Refusal) {
      contact.trouble.value = answer.code;
      return;
    }
    const hadFocus = document.activeElement?.id === EARLIER;
    found.value = answer.contacts;
    if (hadFocus) setTimeout(() => document.getElementById(EARLIER)?.focus()); // the button that was asked by is gone
  };
  useEffect(() => {
    if (workplace.takesLookBack(contact.id)) document.getElementById(EARLIER)?.focus();
    else if (!isMine || found.peek() !== null) return;
    void ask();
  }, [isMine]);
  return (
    <Fact title={t("note.earlier")}>
      {found.value === null ? (
        <p>
          <button
            id={EARLIER}
            type="button"
            class="ds-button"
            data-variant="secondary"
            data-asks="true"
            onClick={() => void ask()}
          >
            {t("note.earlier_show")} <kbd>T</kbd>
          </button>
        </p>
      ) : (
        <List found={found.value} workplace={workplace} />
      )}
    </Fact>
  );
}

function List({ found, workplace }: { found: readonly EarlierContact[]; workplace: Workplace }) {
  if (found.length === 0)
    return (
      <p id={EARLIER} tabIndex={-1} class="staff-small">
        {t("note.earlier_none")}
      </p>
    );
  return (
    <ul class="note-earlier">
      {found.map((one, at) => (
        <li key={one.contact_id}>
          <button
            id={at === 0 ? EARLIER : undefined}
            type="button"
            class="text-button"
            onClick={() => workplace.openContact(one.contact_id)}
          >
            {rowWords(one)}
          </button>
          <Urgency level={one.urgency} />
          {one.reason && <span class="staff-small">{one.reason}</span>}
        </li>
      ))}
    </ul>
  );
}

function rowWords({ opened_at, unit, closed }: EarlierContact): string {
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(opened_at));
  if (!closed) return t("note.earlier_current", { day, unit });
  return t("note.earlier_row", { day, unit, reason: t(`staff.reason_${closed}`) });
}

/** Opening a closed contact again, within the unit's time: the same conversation, a new place in the queue. */
import { useSignal } from "@preact/signals";
import { locale, t } from "../base/words";
import type { Contact } from "./contact";
import { NobodyYet } from "./Nobody";
import { refusalWords, Wrong } from "./Page";
import { UnitNoticeFirst } from "./UnitNotice";
import "./notice.css";

const LIMIT = 8_000;

export function Reopen({ contact, until }: { contact: Contact; until: string }) {
  const text = useSignal("");
  const busy = useSignal(false);
  const wrong = useSignal<string | null>(null);
  const reopen = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    wrong.value = await contact.reopen(text.value.trim());
    busy.value = false;
  };
  if (new Date(until).getTime() < Date.now()) return null;
  return (
    <form class="reopen" onSubmit={(event) => void reopen(event)}>
      <h3>{t("patient.reopen_title")}</h3>
      <p>{t("patient.reopen_lead", { until: dayAndTime(until) })}</p>
      <UnitNoticeFirst />
      <NobodyYet />
      <label class="ds-label" for="reopen-text">
        {t("patient.reopen_label")}
      </label>
      <textarea
        id="reopen-text"
        class="ds-input"
        rows={3}
        maxLength={LIMIT}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      {wrong.value && <Wrong>{refusalWords(wrong.value)}</Wrong>}
      <button
        type="submit"
        class="ds-button"
        data-variant="secondary"
        disabled={text.value.trim() === "" || busy.value}
        aria-busy={busy.value}
      >
        {t("patient.reopen_do")}
      </button>
    </form>
  );
}

const dayAndTime = (at: string) =>
  new Intl.DateTimeFormat(locale(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));

/** Where the patient writes. What is typed lives in memory; Enter makes a new line on a phone and sends on a keyboard. */
import { signal } from "@preact/signals";
import { Amending } from "../base/Amend";
import { t } from "../base/words";
import type { Contact } from "./contact";
import { lengthOf, TEXT_LIMIT } from "./draft";
import { Counter } from "./OwnWords";

/** What stands in the field, kept while other screens lie above. */
export const writing = signal("");

const hasKeyboard = () => matchMedia("(hover: hover) and (pointer: fine)").matches;

export function Composer({ contact }: { contact: Contact }) {
  const length = lengthOf(writing.value);
  const send = () => {
    const text = writing.value.trim();
    if (!text || length > TEXT_LIMIT) return;
    contact.write(text);
    writing.value = "";
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Amending writer={contact} says={(what) => t("patient.amending", { what })} cancel={t("patient.amend_cancel")} />
      <label class="ds-sr-only" for="message">
        {t("patient.message")}
      </label>
      <textarea
        id="message"
        class="ds-input"
        rows={1}
        value={writing.value}
        placeholder={t("patient.message_placeholder")}
        onInput={(event) => {
          writing.value = event.currentTarget.value;
          contact.presence.typing();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard()) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="ds-button">
        {t("patient.send")}
      </button>
      <Counter length={length} />
    </form>
  );
}

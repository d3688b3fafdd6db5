/** Where the nurse writes. Enter sends, Shift+Enter makes a new line; newer words of the patient are shown before sending. */
import { t } from "../base/words";
import type { OpenContact } from "./contact";

const LIMIT = 8_000;
const NEAR = 7_500;

export function Composer({ contact }: { contact: OpenContact }) {
  const draft = contact.draft.value;
  const length = [...draft].length;
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void contact.post();
  };
  return (
    <form
      class="staff-composer"
      onSubmit={(event) => {
        event.preventDefault();
        void contact.post();
      }}
    >
      {contact.behind.value && (
        <p role="alert" class="staff-behind">
          {t("staff.behind")}
        </p>
      )}
      <label for="staff-reply" class="staff-hidden">
        {t("staff.reply")}
      </label>
      <textarea
        id="staff-reply"
        class="ds-input"
        rows={2}
        maxLength={LIMIT}
        placeholder={t("staff.reply_hint")}
        value={draft}
        onInput={(event) => {
          contact.draft.value = event.currentTarget.value;
          contact.presence.typing();
        }}
        onKeyDown={pressed}
      />
      <div class="staff-composer-foot">
        <span class="staff-small">
          {length > NEAR ? t("staff.left", { n: LIMIT - length }) : t("staff.enter_sends")}
        </span>
        <button type="submit" class="ds-button" disabled={draft.trim() === ""}>
          {contact.behind.value ? t("staff.send_anyway") : t("staff.send")}
        </button>
      </div>
    </form>
  );
}

/** Where the nurse writes. Enter sends, Shift+Enter makes a new line; newer words of the patient are shown before sending. */
import { useRef } from "preact/hooks";
import { Amending } from "../base/Amend";
import { t } from "../base/words";
import type { OpenContact } from "./contact";
import { placesLeft } from "./slash";
import { beginTemplate, TemplateList, usePicker } from "./TemplatePicker";

const LIMIT = 8_000;
const NEAR = 7_500;

export interface ComposerProps {
  contact: OpenContact;
  /** Opens where reply templates are kept. */
  manage(): void;
}

export function Composer({ contact, manage }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = usePicker(contact, field);
  const draft = contact.draft.value;
  const length = [...draft].length;
  const left = placesLeft(draft);
  const post = () => {
    if (left.length === 0) void contact.post();
  };
  const pressed = (event: KeyboardEvent) => {
    if (picker.pressed(event)) return;
    if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    post();
  };
  return (
    <form
      class="staff-composer"
      onSubmit={(event) => {
        event.preventDefault();
        post();
      }}
    >
      {contact.behind.value && (
        <p role="alert" class="staff-behind">
          {contact.newer.value.length > 0 ? t("staff.newer", { n: contact.newer.value.length }) : t("staff.newer_seen")}
        </p>
      )}
      {left.length > 0 && (
        <p role="status" class="staff-behind">
          {t("template.fill", { what: left.join(" ") })}
        </p>
      )}
      <Amending writer={contact} says={(what) => t("talk.amending", { what })} cancel={t("talk.amend_cancel")} />
      <TemplateList picker={picker} manage={manage} />
      <label for="staff-reply" class="staff-hidden">
        {t("staff.reply")}
      </label>
      <textarea
        ref={field}
        id="staff-reply"
        {...picker.aria}
        class="ds-input"
        rows={2}
        maxLength={LIMIT}
        placeholder={t("staff.reply_hint")}
        value={draft}
        onInput={(event) => {
          contact.draft.value = event.currentTarget.value;
          if (!event.currentTarget.value) contact.draftLang.value = null;
          contact.presence.typing();
          picker.looked(event.currentTarget);
        }}
        onKeyDown={pressed}
        onBlur={picker.left}
      />
      <div class="staff-composer-foot">
        <span class="staff-small">
          {length > NEAR ? t("staff.left", { n: LIMIT - length }) : t("staff.enter_sends")}
        </span>
        <button
          type="button"
          class="text-button"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => field.current && beginTemplate(field.current)}
        >
          {t("template.open")} <kbd>/</kbd>
        </button>
        <button type="submit" class="ds-button" disabled={draft.trim() === "" || left.length > 0}>
          {contact.behind.value ? t("staff.send_anyway") : t("staff.send")}
        </button>
      </div>
    </form>
  );
}

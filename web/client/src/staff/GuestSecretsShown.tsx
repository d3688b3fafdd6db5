/** Link and code of an invitation, this once. What was sent is said; what was not is the clinician's to pass on. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { Made } from "./GuestForm";
import { clock } from "./times";

export function GuestSecretsShown({ made, another, close }: { made: Made; another(): void; close(): void }) {
  return (
    <div class="guests-made">
      <p role="status">{t("guests.made_until", { time: clock(made.until) })}</p>
      {made.asked.link_to && <p>{made.link_sent ? t("guests.link_sent") : t("guests.link_not_sent")}</p>}
      <LinkShown token={made.token} />
      {made.asked.code_to && <p>{made.code ? t("guests.code_not_sent") : t("guests.code_sent")}</p>}
      {made.code && (
        <p class="guests-code">
          {t("guests.code")} <strong data-testid="guest-code">{spaced(made.code)}</strong>
        </p>
      )}
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("staff.done")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={another}>
          {t("guests.another")}
        </button>
      </div>
    </div>
  );
}

/** The secret stands behind the `#`: whoever opens it sends it to no server. */
function LinkShown({ token }: { token: string }) {
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/guest#${token}`;
  const copy = () => {
    void navigator.clipboard?.writeText(link).then(() => setCopied(true));
  };
  return (
    <div class="guests-link">
      <label class="staff-field">
        {t("guests.link")}
        <input
          class="ds-input"
          readOnly
          data-testid="guest-link"
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <button type="button" class="ds-button" data-variant="secondary" onClick={copy}>
        {copied ? t("guests.copied") : t("guests.copy")}
      </button>
    </div>
  );
}

/** Three and three, as it is read out. */
const spaced = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;

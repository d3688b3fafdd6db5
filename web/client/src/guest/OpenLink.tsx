/** Opens the link: the code that came another way, and who one is. Whatever is wrong with either is said alike. */
import { useState } from "preact/hooks";
import { hasWords, t } from "../base/words";
import { Page } from "./Page";
import { open, trouble } from "./session";

const NAME_LIMIT = 80;
const CODE_LIMIT = 12;

export function OpenLink() {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    await open(code, name.trim());
    setBusy(false);
  };
  return (
    <Page name="link" title={t("guest.invited")}>
      <p>{t("guest.invited_why")}</p>
      <form
        class="guest-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        <label class="guest-field">
          <span>{t("guest.code")}</span>
          <span class="guest-hint" id="code-hint">
            {t("guest.code_hint")}
          </span>
          <input
            class="ds-input guest-code"
            inputMode="numeric"
            autocomplete="one-time-code"
            required
            maxLength={CODE_LIMIT}
            aria-describedby="code-hint"
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </label>
        <label class="guest-field">
          <span>{t("guest.name")}</span>
          <span class="guest-hint" id="name-hint">
            {t("guest.name_hint")}
          </span>
          <input
            class="ds-input"
            autocomplete="name"
            required
            maxLength={NAME_LIMIT}
            aria-describedby="name-hint"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        {trouble.value && (
          <p role="alert" class="guest-trouble">
            {troubleWords(trouble.value)}
          </p>
        )}
        <p class="guest-hint">{t("guest.in_confidence")}</p>
        <button type="submit" class="ds-button" data-fullwidth="" aria-busy={busy}>
          {t("guest.go_on")}
        </button>
      </form>
    </Page>
  );
}

function troubleWords(code: string): string {
  if (code === "not_found") return t("guest.does_not_open");
  const key = `base.error_${code}`;
  return hasWords(key) ? t(key) : t("base.error_other");
}

/** What decides who answers: what care is sought for, where there is a choice, and the language one needs. */
import { lang, t } from "../base/words";
import { service, speaks } from "./draft";
import { askUnitNow, unitNow } from "./unit_now";
import "../routing/words";

/** Those that are most asked for in the region's care, by ISO 639. */
const LANGUAGES = ["ar", "ckb", "de", "es", "fa", "fi", "fr", "pl", "ru", "se", "so", "ti", "tr", "uk", "ur"];

export function Wishes() {
  return (
    <>
      <ServiceWish />
      <LanguageWish />
    </>
  );
}

function ServiceWish() {
  const services = unitNow.value?.services ?? [];
  if (services.length === 0) return null;
  const choose = (id: string) => {
    service.value = id;
    void askUnitNow();
  };
  return (
    <label class="ds-field">
      <span class="ds-label">{t("route.wish_service")}</span>
      <select class="ds-input" value={service.value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t("route.any_service")}</option>
        {services.map(({ id, name }) => (
          <option key={id} value={id}>
            {name[lang.value] ?? id}
          </option>
        ))}
      </select>
    </label>
  );
}

function LanguageWish() {
  return (
    <details class="ds-details" open={speaks.value !== ""}>
      <summary>{t("route.wish_language")}</summary>
      <label class="ds-field">
        <span class="ds-label">{t("route.language")}</span>
        <select
          class="ds-input"
          value={speaks.value}
          onChange={(event) => {
            speaks.value = event.currentTarget.value;
          }}
        >
          <option value="">{t("route.page_language")}</option>
          {LANGUAGES.map((code) => (
            <option key={code} value={code} lang={code}>
              {ownName(code)}
            </option>
          ))}
        </select>
      </label>
      <p class="hint">{t("route.language_hint")}</p>
    </details>
  );
}

/** A language as those call it who speak it. */
const ownName = (code: string) => new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;

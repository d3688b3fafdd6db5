/** That one's unit offers no chat: in its own words, with whom to call. */
import { shell } from "../base/shell";
import { lang, t } from "../base/words";
import type { UnitFunctions } from "../wire";
import { CallLink } from "./Frame";
import "./nobody.css";

export function NotOffered({ unit }: { unit: UnitFunctions }) {
  const own = unit.closed?.seek_care_chat?.[lang.value];
  return (
    <section class="nobody" role="status" data-not-offered={unit.unit_id}>
      <h2>{t("patient.not_offered_title", { unit: unit.unit })}</h2>
      <p class={own ? "nobody-told" : undefined}>{own ?? t("patient.not_offered_text")}</p>
      <p class="nobody-numbers">
        {(["emergency", "advice"] as const).map((kind) => (
          <CallLink key={kind} kind={kind} class={kind === "emergency" ? "ds-button call-button" : "ds-button"}>
            {t("patient.call", { number: shell.numbers[kind] })}
          </CallLink>
        ))}
      </p>
    </section>
  );
}

/** What the unit tells everybody who comes: that something does not work, or that many seek care. With whom to call. */
import { useEffect } from "preact/hooks";
import { shell } from "../base/shell";
import { lang, t } from "../base/words";
import { CallLink } from "./Frame";
import { me } from "./session";
import { askUnitNow, unitNow } from "./unit_now";
import "./promise_words";
import "./nobody.css";

/** Before one writes. */
export function UnitNoticeFirst() {
  const who = me.value?.id;
  useEffect(() => {
    if (who) void askUnitNow();
  }, [who]);
  const now = unitNow.value;
  return now && who ? <UnitNotice unit={now.unit} surge={now.surge} outage={now.outage} /> : null;
}

interface UnitNoticeProps {
  unit: string;
  surge: boolean;
  outage: Record<string, string>;
}

export function UnitNotice({ unit, surge, outage }: UnitNoticeProps) {
  const [tag, text] = inOwnLanguage(outage);
  if (!surge && !text) return null;
  return (
    <section class="nobody" role="status" data-notice-of="unit">
      {text && (
        <>
          <h2>{t("promise.outage_title", { unit })}</h2>
          <p lang={tag}>{text}</p>
        </>
      )}
      {surge && (
        <>
          <h2>{t("promise.surge_title")}</h2>
          <p>{t("promise.surge_text")}</p>
        </>
      )}
      <p class="nobody-numbers">
        {(["emergency", "advice"] as const).map((kind) => (
          <CallLink key={kind} kind={kind} class="ds-button">
            {t("patient.call", { number: shell.numbers[kind] })}
          </CallLink>
        ))}
      </p>
    </section>
  );
}

/** The chosen language, else the one nearest to it, else any. */
function inOwnLanguage(texts: Record<string, string>): [string, string] {
  const near = { sv: ["sv", "nb", "en"], nb: ["nb", "sv", "en"], en: ["en", "sv", "nb"] }[lang.value];
  const tag = near.find((one) => texts[one]) ?? "";
  return [tag, texts[tag] ?? ""];
}

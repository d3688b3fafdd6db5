/** That nobody is on duty: said before one writes and while one waits, with where to turn and when somebody is there. */
import { useEffect } from "preact/hooks";
import { shell } from "../base/shell";
import { lang, locale, t } from "../base/words";
import type { UnitNow } from "../wire";
import { CallLink } from "./Frame";
import { me } from "./session";
import { askUnitNow, unitNow } from "./unit_now";
import "../duty/words";
import "./nobody.css";

/** Before one writes: asked when the screen comes up. */
export function NobodyYet() {
  const who = me.value?.id;
  useEffect(() => {
    if (who) void askUnitNow();
  }, [who]);
  const now = unitNow.value;
  if (!now) return null;
  const own = now.told[lang.value];
  if (now.manned) return now.instead_of || now.full ? <Elsewhere now={now} own={own} /> : null;
  return (
    <section class="nobody" role="status">
      <h2>{t("duty.nobody_at", { unit: now.unit })}</h2>
      {now.instead_of && <p>{t("duty.instead_of", { closed: now.instead_of, unit: now.unit })}</p>}
      {own && <p class="nobody-told">{own}</p>}
      <p>{t(now.takes ? "duty.write_anyway" : "duty.write_later")}</p>
      <When opens_at={now.opens_at} />
      {now.phone && <p>{t("duty.their_phone", { unit: now.unit, phone: now.phone })}</p>}
      <Numbers />
    </section>
  );
}

/** Somebody is there, and it is not as the patient may expect: another unit answers, or the day is full. */
function Elsewhere({ now, own }: { now: UnitNow; own: string | undefined }) {
  return (
    <section class="nobody" role="status">
      {now.instead_of && <p>{t("duty.instead_of", { closed: now.instead_of, unit: now.unit })}</p>}
      {now.full && <p class="nobody-told">{own ?? t("duty.full", { unit: now.unit })}</p>}
    </section>
  );
}

export interface NobodyNowProps {
  opens_at: string | null;
  /** Very urgent and above: the numbers come first. */
  urgent: boolean;
}

/** While one waits. */
export function NobodyNow({ opens_at, urgent }: NobodyNowProps) {
  return (
    <section class="nobody" role={urgent ? "alert" : "status"} data-urgent={urgent}>
      <h2>{t(urgent ? "duty.nobody_urgent" : "duty.nobody_now")}</h2>
      {urgent && <Numbers />}
      <When opens_at={opens_at} />
      {!urgent && <Numbers />}
    </section>
  );
}

function When({ opens_at }: { opens_at: string | null }) {
  if (!opens_at) return null;
  const day = new Intl.DateTimeFormat(locale(), { weekday: "long", hour: "2-digit", minute: "2-digit" });
  return <p>{t("duty.opens", { when: day.format(new Date(opens_at)) })}</p>;
}

function Numbers() {
  return (
    <p class="nobody-numbers">
      {(["emergency", "advice"] as const).map((kind) => (
        <CallLink key={kind} kind={kind} class={kind === "emergency" ? "ds-button call-button" : "ds-button"}>
          {t("patient.call", { number: shell.numbers[kind] })}
        </CallLink>
      ))}
    </p>
  );
}

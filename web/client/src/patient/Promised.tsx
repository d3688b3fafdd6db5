/** What the patient was promised of how long it will be, that it cannot be said yet, or that it was wrong. */
import { shell } from "../base/shell";
import { locale, t } from "../base/words";
import type { Wait } from "../wire";
import { CallLink } from "./Frame";
import { intervalWords } from "./interval";
import "./promise_words";
import "./promise.css";

export function Promised({ wait }: { wait: Wait }) {
  const { low_min, high_min, until } = wait;
  const known = low_min !== null && high_min !== null;
  return (
    <div>
      <dt>{t("patient.expected")}</dt>
      <dd data-wait={known ? "interval" : "unknown"}>
        {known ? intervalWords({ low_min, high_min }) : t("promise.cannot_say")}
      </dd>
      {known && until && <dd class="promise-how">{t("promise.how_sure", { time: momentWords(until) })}</dd>}
    </div>
  );
}

/** It has taken longer than was told, or will: said at once to who listens, with where to turn. */
export function Broken({ is }: { is: "broken" | "slower" }) {
  const { emergency, advice } = shell.numbers;
  return (
    <div class="promise-broken" role="status" data-wait={is}>
      <h3>{t(`promise.${is}_title`)}</h3>
      <p>{t("promise.broken_text")}</p>
      <p>
        {t("promise.broken_worse")} <CallLink kind="advice">{t("patient.call", { number: advice })}</CallLink>.{" "}
        {t("patient.worse_danger")} <CallLink kind="emergency">{t("patient.call", { number: emergency })}</CallLink>.
      </p>
    </div>
  );
}

/** The clock; with the day when that is another. */
function momentWords(at: string): string {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  const day = today ? {} : ({ weekday: "long" } as const);
  return new Intl.DateTimeFormat(locale(), { ...day, hour: "2-digit", minute: "2-digit" }).format(moment);
}

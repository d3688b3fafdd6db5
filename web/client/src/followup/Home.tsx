/** The patient's own follow-up on a phone: what to measure now, how it looks, what to do, and who has looked. */
import { useEffect } from "preact/hooks";
import { clock } from "../base/clock";
import { lang, locale, t } from "../base/words";
import { inMine } from "../form/text";
import { NotSeen, Page, Wrong } from "../patient/Page";
import { Fetching } from "../patient/SignIn";
import { line } from "../patient/session";
import { back } from "../patient/steps";
import type { OwnFollowUp } from "../wire";
import { numberWords, unitWords } from "./alarm";
import { Measuring } from "./Measuring";
import { failed, keepLooking, own } from "./own";
import { Trend } from "./Trend";
import "./followup.css";
import "./words";

export function Home() {
  useEffect(() => keepLooking(line()), []);
  const found = own.value?.follow_ups;
  return (
    <Page name="followup" title={t("followup.title")} onBack={back}>
      {failed.value && <Wrong>{t("followup.failed")}</Wrong>}
      {!found && !failed.value && <Fetching />}
      {found?.length === 0 && <p>{t("followup.none")}</p>}
      {found?.map((one) => (
        <One key={one.record_id} one={one} />
      ))}
    </Page>
  );
}

function One({ one }: { one: OwnFollowUp }) {
  return (
    <section class="follow-up-own" aria-label={inMine(one.programme)}>
      <h2>
        {inMine(one.programme)}, {one.unit}
      </h2>
      <Zone one={one} />
      {inMine(one.unwatched) && (
        <div class="not-seen">
          <strong>{t("followup.unwatched")}</strong>
          <p>{inMine(one.unwatched)}</p>
          {one.opens_at && <p>{t("followup.opens", { at: moment(one.opens_at) })}</p>}
        </div>
      )}
      {one.paused && <p>{t("followup.paused")}</p>}
      <Measuring one={one} />
      {one.seen_at && <p class="follow-up-numbers">{seenWords(one, one.seen_at)}</p>}
      <Values one={one} />
      {one.goals && <p lang={lang.value}>{t("followup.goal", { goals: one.goals })}</p>}
      {one.zone !== "green" && <NotSeen text="" />}
    </section>
  );
}

/** The colour of the newest values as a word, with what belongs to it: what to do, and whom to contact. */
function Zone({ one }: { one: OwnFollowUp }) {
  if (!one.zone) return <p class="not-seen">{t(one.planned ? "followup.no_values" : "followup.no_plan")}</p>;
  return (
    <div class="follow-up-card" data-zone={one.zone} role="status">
      <p class="follow-up-now">{t("followup.your_zone", { zone: t(`followup.zone_${one.zone}`) })}</p>
      <p>{inMine(one.notice)}</p>
      <p>
        <strong>{t("followup.do")}:</strong> {inMine(one.advice)}
      </p>
      <p>
        <strong>{t("followup.contact")}:</strong> {inMine(one.contact)}
      </p>
    </div>
  );
}

function Values({ one }: { one: OwnFollowUp }) {
  const measured = one.tasks.filter(({ trend }) => trend.length > 0);
  if (measured.length === 0) return null;
  return (
    <details class="ds-details">
      <summary>{t("followup.values")}</summary>
      <ul class="follow-up-values">
        {measured.map(({ measure, units, trend }) => {
          const newest = trend.map(({ value }) => numberWords(value)).join(", ");
          return (
            <li key={measure}>
              <strong>{t(`followup.${measure}`)}</strong> {unitWords(units[0])}
              <Trend points={trend} label={t("followup.trend", { values: newest })} />
              <p class="follow-up-numbers">{t("followup.trend", { values: newest })}</p>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function seenWords({ seen_as_usual, seen_role }: OwnFollowUp, at: string): string {
  const role = t(seen_role === "nurse" ? "followup.role_nurse" : "followup.role_clinician");
  return t(seen_as_usual ? "followup.seen_as_usual" : "followup.seen", { at: moment(at), role });
}

/** With the day, where it is another than today. */
function moment(at: string): string {
  const when = new Date(at);
  const isToday = when.toDateString() === new Date().toDateString();
  return isToday
    ? clock(at)
    : when.toLocaleString(locale(), {
        weekday: "short",
        day: "numeric",
        month: "short",
        hour: "2-digit",
        minute: "2-digit",
      });
}

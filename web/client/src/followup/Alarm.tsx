/** What was measured at home and is beyond a limit, before whoever judges it: value, limit, trend, and what is in doubt. */
import { t } from "../base/words";
import { inMine } from "../form/text";
import type { AlarmGround, AlarmValue, FollowUpAlarm } from "../wire";
import { groundWords, limitWords, numberWords, valueWords } from "./alarm";
import "./followup.css";
import { Trend } from "./Trend";

const when = (at_ms: number) =>
  new Date(at_ms).toLocaleString(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export function Alarm({ body }: { body: FollowUpAlarm }) {
  const isMissing = body.grounds.every((one) => one.why === "missing");
  return (
    <section class="follow-up-alarm" data-zone={body.zone}>
      <h3>
        {t(isMissing ? "followup.missing" : "followup.alarm")}: {inMine(body.programme)}
      </h3>
      <ul>
        {body.grounds.map((one, place) => (
          <Ground key={place} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Ground({ one }: { one: AlarmGround }) {
  return (
    <li>
      <p>
        <span class="follow-up-zone" data-zone={one.zone}>
          {t(`followup.zone_${one.zone}`)}
        </span>{" "}
        <strong>{groundWords(one)}</strong>{" "}
        {one.why === "missing" && one.since_ms > 0 && t("followup.since", { at: when(one.since_ms) })}
        {one.news2 !== null && t("followup.news2", { points: one.news2 })}
      </p>
      {one.seen.map((value) => (
        <Value key={`${value.measure}${value.bound}`} value={value} />
      ))}
      {one.answers.map((question, place) => (
        <p key={place}>{t("followup.said_yes", { question: inMine(question) })}</p>
      ))}
    </li>
  );
}

function Value({ value }: { value: AlarmValue }) {
  const newest = value.trend.map((point) => numberWords(point.value)).join(", ");
  return (
    <div class="follow-up-value">
      <p>
        {valueWords(value)} ({limitWords(value)}), {when(value.at_ms)}
        {value.confirmed && `, ${t("followup.confirmed")}`}
      </p>
      {value.doubts.map((doubt) => (
        <p key={doubt} class="follow-up-doubt">
          {t(`followup.doubt_${doubt}`)}
        </p>
      ))}
      {value.trend.length > 1 && (
        <>
          <Trend points={value.trend} label={t("followup.trend", { values: newest })} />
          <p class="follow-up-numbers">{t("followup.trend", { values: newest })}</p>
        </>
      )}
    </div>
  );
}

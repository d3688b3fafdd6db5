/** "How many nurses on Monday at 8?": tried out on the unit's own past arrivals, with how far it is. */
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { refusalWords } from "../staff/refusal_words";
import type { StaffedRow, StaffingAsked, StaffingTold } from "../wire";
import { Columns } from "./Columns";
import { numberWords, shareWords, weekdays } from "./numbers";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const MOST_HOURS = 12;

export function Staffing({ unit_id, connection }: { unit_id: string; connection: Connection }) {
  const { answer, refusal, busy, ask } = useAsking<StaffingAsked>();
  const [told, setTold] = useState<StaffingTold | null>(null);
  const [weekday, setWeekday] = useState(0);
  const [from, setFrom] = useState(8);
  const [to, setTo] = useState(12);
  useEffect(
    () => connection.on("staffing", (news) => news.unit_id === unit_id && setTold(news)),
    [connection, unit_id],
  );
  const begin = async (event: Event) => {
    event.preventDefault();
    setTold(null);
    await ask(connection.call("staffing:ask", { unit_id, weekday, from_hour: from, to_hour: to }));
  };
  const ends = HOURS.map((hour) => hour + 1).filter((hour) => hour > from && hour - from <= MOST_HOURS);
  return (
    <section class="desk-card">
      <h2>{t("lead.staffing")}</h2>
      <p>{t("lead.staffing_lead")}</p>
      <form class="desk-form" onSubmit={(event) => void begin(event)}>
        <Choose
          name={t("lead.weekday")}
          value={weekday}
          choose={setWeekday}
          of={weekdays().map((day, n) => [n, day])}
        />
        <Choose
          name={t("lead.from_hour")}
          value={from}
          choose={(hour) => {
            setFrom(hour);
            setTo(Math.min(24, Math.max(hour + 1, Math.min(to, hour + MOST_HOURS))));
          }}
          of={HOURS.map((hour) => [hour, clockOf(hour)])}
        />
        <Choose name={t("lead.to_hour")} value={to} choose={setTo} of={ends.map((hour) => [hour, clockOf(hour)])} />
        <div class="desk-form-foot">
          <button type="submit" class="ds-button" aria-busy={busy || isRunning(told)}>
            {t("lead.staffing_try")}
          </button>
        </div>
      </form>
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
      <div role="status">
        {answer?.weeks === 0 && <p>{t("lead.staffing_nothing")}</p>}
        {answer && answer.weeks > 0 && <p>{t("lead.staffing_rests", { n: answer.contacts, weeks: answer.weeks })}</p>}
        {told?.over && told.rows.length === 0 && <p>{t("lead.staffing_failed")}</p>}
        {told?.over && told.rows.length > 0 && (
          <p class="lead-enough">
            {told.enough === null ? t("lead.enough_none") : t("lead.enough", { n: told.enough })}
          </p>
        )}
      </div>
      {isRunning(told) && told && (
        <progress class="lead-progress" max={told.of} value={told.done} aria-label={t("lead.staffing_working")} />
      )}
      {told && told.rows.length > 0 && <Outcome rows={told.rows} enough={told.enough} />}
    </section>
  );
}

const isRunning = (told: StaffingTold | null) => told !== null && !told.over;
const clockOf = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

function Outcome({ rows, enough }: { rows: readonly StaffedRow[]; enough: number | null }) {
  const levels = rows[0]?.levels.map(({ level }) => level) ?? [];
  return (
    <Columns
      title={t("lead.staffing_title")}
      told={enough === null ? t("lead.enough_none") : t("lead.enough", { n: enough })}
      columns={rows.map(({ nurses, in_time }) => ({ name: String(nurses), value: in_time, strong: nurses === enough }))}
      top={1}
      unit={shareWords}
      table={{
        caption: t("lead.staffing_title"),
        head: [t("lead.nurses_number"), t("lead.all"), ...levels.map((level) => t(`base.urgency_${level}`))],
        rows: rows.map((row) => [
          numberWords(row.nurses),
          shareWords(row.in_time),
          ...row.levels.map(({ in_time, p95_min }) =>
            t("lead.share_and_p95", { share: shareWords(in_time), minutes: numberWords(p95_min) }),
          ),
        ]),
      }}
    />
  );
}

interface ChooseProps {
  name: string;
  value: number;
  choose(value: number): void;
  of: readonly (readonly [number, string])[];
}

function Choose({ name, value, choose, of }: ChooseProps) {
  return (
    <label class="lead-field">
      {name}
      <select class="ds-input" value={value} onChange={(event) => choose(Number(event.currentTarget.value))}>
        {of.map(([number, words]) => (
          <option key={number} value={number}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

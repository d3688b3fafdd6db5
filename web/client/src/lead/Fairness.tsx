/** Whether some wait longer than others, month by month, and how what patients were promised came true. */
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { languageWords } from "../base/language";
import { save } from "../base/save";
import type { Level } from "../base/urgency";
import { hasWords, locale, t } from "../base/words";
import { keepRefusal, useAsking } from "../desk/asking";
import { refusalWords } from "../staff/refusal_words";
import type { FairnessCell, FairnessSheet, PromisesKept } from "../wire";
import { Columns } from "./Columns";
import { numberWords, shareWords } from "./numbers";
import { Table } from "./Table";

const DIMENSIONS = ["level", "age_group", "lang", "hour"] as const;
const MONTHS = 13;

interface FairnessProps {
  unit_id: string;
  promises: readonly PromisesKept[];
  connection: Connection;
}

export function Fairness({ unit_id, promises, connection }: FairnessProps) {
  const [month, setMonth] = useState(months()[0] ?? "");
  const { answer: told, refusal, ask } = useAsking<FairnessSheet>();
  const answer = told?.unit_id === unit_id && told.month === month ? told : null;
  const saving = useAsking<void>();
  useEffect(
    () => connection.onUp(() => void ask(connection.call("fairness:show", { unit_id, month }))),
    [connection, unit_id, month],
  );
  const problem = refusal ?? saving.refusal;
  const file = `/api/units/${encodeURIComponent(unit_id)}/fairness.csv?month=${month}`;
  return (
    <>
      <Promises promises={promises} />
      <section class="desk-card">
        <h2>{t("lead.fairness")}</h2>
        <p>{t("lead.fairness_lead")}</p>
        <div class="desk-form-foot">
          <label class="lead-field">
            {t("lead.month")}
            <select class="ds-input" value={month} onChange={(event) => setMonth(event.currentTarget.value)}>
              {months().map((one) => (
                <option key={one} value={one}>
                  {monthWords(one)}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            aria-busy={saving.busy}
            onClick={() => void saving.ask(save(file).catch(keepRefusal) as Promise<void>)}
          >
            {t("lead.save_csv")}
          </button>
        </div>
        {problem && (
          <p role="alert" class="staff-problem">
            {refusalWords(problem.code)}
          </p>
        )}
        {answer?.contacts === null && <p role="status">{t("lead.too_few")}</p>}
        {answer && answer.contacts !== null && (
          <>
            <p role="status">{t("lead.fairness_of", { n: answer.contacts })}</p>
            {DIMENSIONS.map((by) => (
              <Groups key={by} by={by} cells={answer.cells.filter((cell) => cell.by === by)} />
            ))}
          </>
        )}
      </section>
    </>
  );
}

function Groups({ by, cells }: { by: FairnessCell["by"]; cells: readonly FairnessCell[] }) {
  if (cells.length === 0) return null;
  const caption = t(`lead.by_${by}`);
  return (
    <Columns
      title={caption}
      told={t("lead.groups_told", { n: cells.length })}
      columns={cells.map((cell) => ({ name: groupWords(cell), value: cell.in_time, middle: cell.expected }))}
      top={1}
      unit={shareWords}
      table={{
        caption,
        head: [
          caption,
          t("lead.contacts"),
          t("lead.median"),
          t("lead.p95"),
          t("lead.in_time"),
          t("lead.in_time_expected"),
        ],
        rows: cells.map((cell) => [
          groupWords(cell),
          cell.contacts === null ? t("lead.not_shown") : numberWords(cell.contacts),
          numberWords(cell.median_min, 1),
          numberWords(cell.p95_min, 1),
          shareWords(cell.in_time),
          shareWords(cell.expected),
        ]),
      }}
    />
  );
}

function Promises({ promises }: { promises: readonly PromisesKept[] }) {
  return (
    <section class="desk-card">
      <h2>{t("lead.promises")}</h2>
      <p>{t("lead.promises_lead")}</p>
      {promises.length === 0 ? (
        <p>{t("lead.promises_none")}</p>
      ) : (
        <Table
          caption={t("lead.promises")}
          head={[t("lead.level"), t("lead.told"), t("lead.right"), t("lead.late"), t("lead.early")]}
          rows={promises.map(({ level, told, right, late, early }) => [
            t(`base.urgency_${level}`),
            numberWords(told),
            shareWords(right / told),
            shareWords(late / told),
            shareWords(early / told),
          ])}
        />
      )}
    </section>
  );
}

function groupWords({ by, group }: FairnessCell): string {
  if (by === "level") return t(`base.urgency_${group as Level}`);
  if (by === "lang") return languageWords(group);
  const key = `lead.age_${group}`;
  return by === "age_group" && hasWords(key) ? t(key) : group;
}

/** The month at hand and those before it. */
function months(): string[] {
  const now = new Date();
  return Array.from({ length: MONTHS }, (_, back) => {
    const month = new Date(now.getFullYear(), now.getMonth() - back, 1);
    return `${month.getFullYear()}-${String(month.getMonth() + 1).padStart(2, "0")}`;
  });
}

const monthWords = (month: string) =>
  new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric" }).format(new Date(`${month}-01T12:00:00`));

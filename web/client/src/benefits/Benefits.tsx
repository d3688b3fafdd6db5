/** What digital care has led to at a unit: figures month by month, or by the phases of one function. */
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { save } from "../base/save";
import { lang, t } from "../base/words";
import { keepRefusal, useAsking } from "../desk/asking";
import { refusalWords } from "../staff/refusal_words";
import type { BenefitsView, BenefitWords } from "../wire";
import { Baseline } from "./Baseline";
import { Figure } from "./Figure";
import "./words";

const MONTHS = ["months_6", "months_12", "months_24"] as const;
const FUNCTIONS = ["seek_care_chat", "video_visit", "booking", "forms", "messages", "home_follow_up"] as const;
const SHOWN_BY = [...MONTHS, ...FUNCTIONS] as const;
type ShownBy = (typeof SHOWN_BY)[number];

const GROUPS: Record<"waiting" | "outcome" | "urgency" | "use", readonly BenefitWords["name"][]> = {
  waiting: ["reply_median", "reply_p90", "in_time"],
  outcome: ["resolved_digitally", "came_back", "abandoned_before", "abandoned_after", "emergency", "no_show"],
  urgency: ["raised", "lowered"],
  use: ["use_chat", "use_video", "use_forms", "use_booking"],
};

interface BenefitsProps {
  unit_id: string;
  connection: Connection;
}

export function Benefits({ unit_id, connection }: BenefitsProps) {
  const [by, setBy] = useState<ShownBy>("months_6");
  const { answer: told, refusal, ask } = useAsking<BenefitsView>();
  const saving = useAsking<void>();
  const language = lang.value;
  const answer = told?.unit_id === unit_id && told.lang === language ? told : null;
  const load = () => ask(connection.call("benefits:show", { unit_id, lang: language, ...asked(by) }));
  useEffect(() => connection.onUp(() => void load()), [connection, unit_id, by, language]);
  const problem = refusal ?? saving.refusal;
  const keep = (kind: "csv" | "pdf") => {
    const query = new URLSearchParams({ ...asked(by), lang: language });
    const path = `/api/units/${encodeURIComponent(unit_id)}/benefits.${kind}?${query}`;
    void saving.ask(save(path).catch(keepRefusal) as Promise<void>);
  };
  return (
    <>
      <section class="desk-card">
        <h2>{t("benefits.tab")}</h2>
        <p>{t("benefits.lead")}</p>
        <div class="desk-form-foot">
          <label class="lead-field">
            {t("benefits.show_by")}
            <select class="ds-input" value={by} onChange={(event) => setBy(event.currentTarget.value as ShownBy)}>
              {SHOWN_BY.map((one) => (
                <option key={one} value={one}>
                  {t(`benefits.by_${one}`)}
                </option>
              ))}
            </select>
          </label>
          {(["csv", "pdf"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              class="ds-button"
              data-variant="secondary"
              aria-busy={saving.busy}
              onClick={() => keep(kind)}
            >
              {kind === "csv" ? t("lead.save_csv") : t("benefits.save_pdf")}
            </button>
          ))}
        </div>
        {problem && (
          <p role="alert" class="staff-problem">
            {refusalWords(problem.code)}
          </p>
        )}
        {!answer && !problem && <p role="status">{t("staff.loading")}</p>}
        {answer?.columns.length === 0 && <p role="status">{t("benefits.nobody")}</p>}
      </section>
      {answer && answer.columns.length > 0 && <Groups view={answer} />}
      {answer && <Baseline view={answer} connection={connection} changed={load} />}
    </>
  );
}

function Groups({ view }: { view: BenefitsView }) {
  return (
    <>
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
        <section key={group} class="desk-card">
          <h2>{t(`benefits.group_${group}`)}</h2>
          {GROUPS[group].map((name) => {
            const words = view.words.find((one) => one.name === name);
            return words && <Figure key={name} words={words} columns={view.columns} />;
          })}
        </section>
      ))}
    </>
  );
}

/** Which stretches are asked for. */
function asked(by: ShownBy): { from_month: string } | { function: (typeof FUNCTIONS)[number] } {
  const months = MONTHS.find((one) => one === by);
  if (!months) return { function: by as (typeof FUNCTIONS)[number] };
  const now = new Date();
  const first = new Date(now.getFullYear(), now.getMonth() - Number(months.slice(7)) + 1, 1);
  return { from_month: `${first.getFullYear()}-${String(first.getMonth() + 1).padStart(2, "0")}` };
}

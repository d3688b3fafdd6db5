/** Spot checks: drawing one, those there are, and one of them to work through. */
import { useEffect, useState } from "preact/hooks";
import { newId } from "../base/id";
import type { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { refusalWords } from "../staff/refusal_words";
import type { CheckList, CheckSummary, ShownCheck } from "../wire";
import { Check } from "./Check";
import { Choice, Day } from "./Choice";
import { type OfAudit, unitsOf } from "./Looks";
import { beginOf, dayIn, dayWords, endOf } from "./words_of";

const A_MONTH = -30;
const LARGEST = 50;

export function Checks({ connection, scope }: OfAudit) {
  const [open, setOpen] = useState<ShownCheck | null>(null);
  const list = useAsking<CheckList>();
  const one = useAsking<ShownCheck>();
  useEffect(() => {
    if (!open) void list.ask(connection.call("check:list", {}));
  }, [open]);
  const show = async (question: Promise<ShownCheck>) => {
    const told = await one.ask(question);
    if (told) setOpen(told);
  };
  if (open) return <Check connection={connection} check={open} change={setOpen} close={() => setOpen(null)} />;
  return (
    <>
      <p>{t("audit.checks_lead")}</p>
      <Draw
        scope={scope}
        refusal={one.refusal}
        busy={one.busy}
        draw={(asked) => void show(connection.insist("check:draw", { ...asked, client_id: newId() }))}
      />
      <section class="desk-card" aria-labelledby="audit-checks">
        <h2 id="audit-checks">{t("audit.checks")}</h2>
        {list.refusal && <p class="staff-problem">{refusalWords(list.refusal.code)}</p>}
        {list.answer?.checks.length === 0 && <p>{t("audit.no_checks")}</p>}
        <ul class="audit-looks">
          {list.answer?.checks.map((check) => (
            <li key={check.check_id} class="audit-look">
              <Summary check={check} />
              <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                aria-label={`${t("audit.show")}: ${checkWords(check)}`}
                onClick={() => void show(connection.call("check:show", { check_id: check.check_id }))}
              >
                {t("audit.show")}
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** The last day of the period: its end is the first moment that is not in it. */
export const checkWords = ({ since, until }: CheckSummary) =>
  t("audit.check", { since: dayWords(since), until: dayWords(new Date(Date.parse(until) - 1).toISOString()) });

function Summary({ check }: { check: CheckSummary }) {
  return (
    <div>
      <p>
        <strong>{checkWords(check)}</strong>
      </p>
      <p class="staff-small">
        {[
          check.unit || t("audit.every_unit"),
          t("audit.check_done", { judged: check.judged, items: check.items }),
          check.not_in_order > 0 && t("audit.check_wrong", { n: check.not_in_order }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}

interface Drawing {
  provider_id: string;
  at_unit: string;
  since: string;
  until: string;
  per_stratum: number;
}

interface DrawProps {
  scope: OfAudit["scope"];
  refusal: Refusal | null;
  busy: boolean;
  draw(asked: Drawing): void;
}

function Draw({ scope, refusal, busy, draw }: DrawProps) {
  const [from, setFrom] = useState(dayIn(A_MONTH));
  const [until, setUntil] = useState(dayIn(0));
  const [at_unit, setUnit] = useState("");
  const [per_stratum, setNumber] = useState(5);
  const provider_id = scope.units.find((one) => one.unit_id === at_unit)?.provider_id ?? "";
  const submit = () => draw({ provider_id, at_unit, since: beginOf(from), until: endOf(until), per_stratum });
  return (
    <section class="desk-card" aria-labelledby="audit-draw">
      <h2 id="audit-draw">{t("audit.draw")}</h2>
      <form
        class="desk-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Day label={t("audit.from")} value={from} required choose={setFrom} />
        <Day label={t("audit.until")} value={until} required choose={setUntil} />
        <Choice label={t("audit.unit")} value={at_unit} options={unitsOf(scope)} choose={setUnit} />
        <label class="staff-field">
          {t("audit.per_stratum")}
          <input
            class="ds-input"
            type="number"
            min={1}
            max={LARGEST}
            required
            value={per_stratum}
            onInput={(event) => setNumber(event.currentTarget.valueAsNumber || 1)}
          />
        </label>
        <div class="desk-form-foot">
          <button type="submit" class="ds-button" aria-busy={busy}>
            {t("audit.draw_do")}
          </button>
          {refusal && (
            <p role="alert" class="staff-problem">
              {refusal.code === "empty" ? t("audit.draw_empty") : refusalWords(refusal.code)}
            </p>
          )}
        </div>
      </form>
    </section>
  );
}

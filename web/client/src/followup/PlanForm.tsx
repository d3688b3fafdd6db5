/** Proposing a plan: the patient's usual values, the numbers of their limits, and when it is looked at again. */
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { inMine } from "../form/text";
import { refusalWords } from "../staff/refusal_words";
import type { FollowUpView, PlanFollowUp, ProgrammeShown } from "../wire";

type Proposal = Pick<PlanFollowUp, "numbers" | "baseline" | "review_on">;

interface Props {
  view: FollowUpView;
  unit_id: string;
  connection: Connection;
  propose(plan: Proposal): void;
}

const QUARTER_DAYS = 90;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const numberOf = (bound: string) => bound.replace(/^[<>=\s]+/, "");
const signOf = (bound: string) => /^[<>=]+/.exec(bound)?.[0] ?? "";

export function PlanForm({ view, unit_id, connection, propose }: Props) {
  const [programme, setProgramme] = useState<ProgrammeShown | null>(null);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    void connection
      .call("followup:programmes", { unit_id })
      .then((told) => setProgramme(told.programmes.find((one) => one.programme === view.programme) ?? null))
      .catch((error: unknown) => setWrong(refusalWords(keepRefusal(error).code)));
  }, [connection, unit_id, view.programme]);
  if (wrong) return <p role="alert">{wrong}</p>;
  if (!programme) return null;
  const held = view.proposed ?? view.plan;
  const boundsOf = (limit: string) =>
    held?.limits.find((one) => one.limit === limit)?.bounds ??
    programme.limits.find((one) => one.limit === limit)?.bounds ??
    [];
  return (
    <details class="ds-details">
      <summary>{t("followup.propose")}</summary>
      {!programme.confirmed && <p class="staff-problem">{t("followup.unconfirmed")}</p>}
      <form
        class="follow-up-form"
        onSubmit={(event) => {
          event.preventDefault();
          propose(proposalOf(programme, new FormData(event.currentTarget)));
        }}
      >
        {programme.baselines.map((measure) => (
          <label key={measure} class="staff-field">
            {t("followup.baseline", { measure: t(`followup.${measure}`), unit: "" }).replace(/[,\s]+$/, "")}
            <input
              class="ds-input"
              inputMode="decimal"
              name={`baseline_${measure}`}
              defaultValue={held?.baseline[measure] ?? ""}
            />
          </label>
        ))}
        {programme.limits
          .filter((limit) => limit.bounds.length > 0)
          .map(({ limit, zone, reason }) =>
            boundsOf(limit).map((bound, place) => (
              <label key={`${limit}${place}`} class="staff-field">
                {t(`followup.zone_${zone}`)}:{" "}
                {t("followup.own_number", { reason: inMine(reason), bound: signOf(bound) })}
                <input
                  class="ds-input"
                  inputMode="decimal"
                  name={`limit_${limit}_${place}`}
                  defaultValue={numberOf(bound)}
                />
              </label>
            )),
          )}
        <label class="staff-field">
          {t("followup.review_on")}
          <input class="ds-input" type="date" name="review_on" defaultValue={inDays(QUARTER_DAYS)} />
        </label>
        <button type="submit" class="ds-button">
          {t("followup.do_propose")}
        </button>
      </form>
    </details>
  );
}

function proposalOf(programme: ProgrammeShown, form: FormData): Proposal {
  const said = (name: string) => String(form.get(name) ?? "").trim();
  const numbers: Record<string, string[]> = {};
  for (const { limit, bounds } of programme.limits) {
    const own = bounds.map((_, place) => said(`limit_${limit}_${place}`));
    if (own.some((number, place) => number !== numberOf(bounds[place] ?? ""))) numbers[limit] = own;
  }
  const baseline = Object.fromEntries(programme.baselines.map((one) => [one, said(`baseline_${one}`)]));
  return { numbers, baseline, review_on: said("review_on") };
}

/** The plan in force, the one that waits to be signed, and a new one to be proposed. */
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { inMine } from "../form/text";
import type { FollowUpView, PlanShown } from "../wire";
import { PlanForm } from "./PlanForm";

interface Props {
  view: FollowUpView;
  of: { unit_id: string; record_id: string };
  connection: Connection;
  change(sent: Promise<FollowUpView>): void;
  isClinician: boolean;
}

export function Plans({ view, of, connection, change, isClinician }: Props) {
  const { plan, proposed } = view;
  return (
    <section class="desk-card">
      <h2>{t("followup.plan")}</h2>
      {plan && <Plan plan={plan} />}
      {proposed && <Plan plan={proposed} />}
      {proposed && isClinician && (
        <button
          type="button"
          class="ds-button"
          onClick={() =>
            change(connection.insist("followup:sign", { ...of, client_id: newId(), version: proposed.version }))
          }
        >
          {t("followup.sign", { n: proposed.version })}
        </button>
      )}
      {proposed && !isClinician && <p>{t("followup.sign_who")}</p>}
      <PlanForm
        key={proposed?.version ?? plan?.version ?? 0}
        view={view}
        unit_id={of.unit_id}
        connection={connection}
        propose={(wanted) => change(connection.insist("followup:plan", { ...of, client_id: newId(), ...wanted }))}
      />
    </section>
  );
}

function Plan({ plan }: { plan: PlanShown }) {
  const told = { n: plan.version, name: plan.signed_by || t("followup.role_clinician"), day: plan.review_on };
  return (
    <details class="ds-details">
      <summary>{t(plan.signed ? "followup.plan_version" : "followup.plan_waits", told)}</summary>
      <ul>
        {plan.limits.map((limit) => (
          <li key={limit.limit}>
            {t(`followup.zone_${limit.zone}`)}: {inMine(limit.reason)} {limit.bounds.join(", ")}
          </li>
        ))}
      </ul>
    </details>
  );
}

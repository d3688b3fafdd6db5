/** One look, whole: the only place that names whom it concerned, and showing it is recorded. */
import { useEffect } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { momentWords } from "../desk/moments";
import { Dialog } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import { roleWords } from "../staff/roles";
import type { ShownLook, ThroughDoor } from "../wire";
import { basisWords, didWords, purposeWords, stratumWords, whoWords } from "./words_of";

export interface LookDialogProps {
  connection: Connection;
  look_id: string;
  close(): void;
}

export function LookDialog({ connection, look_id, close }: LookDialogProps) {
  const { answer, refusal, ask } = useAsking<ShownLook>();
  useEffect(() => void ask(connection.call("audit:show", { look_id })), [look_id]);
  return (
    <Dialog title={t("audit.detail")} close={close}>
      <div role="status">
        {refusal && <p class="staff-problem">{refusalWords(refusal.code)}</p>}
        {answer ? <Facts shown={answer} /> : !refusal && <p>{t("staff.loading")}</p>}
      </div>
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={close}>
          {t("audit.close")}
        </button>
      </div>
    </Dialog>
  );
}

function Facts({ shown }: { shown: ShownLook }) {
  const { look } = shown;
  const rows: [string, string][] = [
    [t("audit.when"), momentWords(look.at)],
    [t("audit.who"), whoWords(look)],
    [t("audit.role"), [look.role && roleWords(look.role), shown.works_at].filter(Boolean).join(", ")],
    [t("audit.did"), didWords(look.action)],
    [t("audit.whom"), whomWords(shown)],
    [t("audit.contact"), shown.about === "contact" ? shown.about_id : ""],
    [t("audit.where"), [look.unit, look.provider].filter(Boolean).join(", ")],
    [t("audit.ground"), [look.basis && basisWords(look.basis), purposeWords(look.purpose)].filter(Boolean).join(", ")],
    [t("audit.ties"), look.ties.map(stratumWords).join(", ")],
    [t("audit.found"), shown.found === null ? "" : String(shown.found)],
    [t("audit.address"), [shown.address, shown.session].filter(Boolean).join(" · ")],
  ];
  return (
    <>
      {look.outcome === "refused" && <p class="staff-problem">{t("audit.refused")}</p>}
      <dl class="desk-facts">
        {rows
          .filter(([, words]) => words)
          .map(([name, words]) => [<dt key={name}>{name}</dt>, <dd key={`${name} is`}>{words}</dd>])}
      </dl>
      {shown.doors.map((door) => (
        <Door key={door.opened_at} door={door} />
      ))}
    </>
  );
}

function Door({ door }: { door: ThroughDoor }) {
  const values = { at: momentWords(door.opened_at), unit: door.from_unit, until: momentWords(door.until) };
  return (
    <p>
      {t("audit.door", values)} <q>{door.reason || t("audit.door_erased")}</q>
    </p>
  );
}

function whomWords({ person, protected: hidden }: ShownLook): string {
  if (hidden) return t("audit.whom_protected");
  return person || t("audit.whom_nobody");
}

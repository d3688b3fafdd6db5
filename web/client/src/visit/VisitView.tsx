/** A video visit on the screen, from the lobby to hanging up: the same for patient and clinician. */
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import type { VisitSummary } from "../wire";
import { Lobby } from "./Lobby";
import { Stage } from "./Stage";
import { type Role, Visit } from "./visit";
import "./words";
import "./visit.css";

export interface VisitViewProps {
  connection: Connection;
  contact_id: string;
  /** The visit as the contact's summary has it now; null once it is over. */
  visit: VisitSummary | null;
  role: Role;
  onClose(): void;
}

export function VisitView(props: VisitViewProps) {
  const visit = useVisit(props);
  if (!visit) return null;
  const leave = () => {
    void visit.leave();
    props.onClose();
  };
  return (
    <section
      class="visit"
      data-color-scheme="dark"
      data-size="sm"
      aria-label={t("visit.title")}
      data-place={visit.place.value}
    >
      {visit.place.value === "over" && <Over close={props.onClose} />}
      {visit.place.value === "in" && <Stage visit={visit} leave={leave} />}
      {(visit.place.value === "entering" || visit.place.value === "lobby") && <Lobby visit={visit} leave={leave} />}
    </section>
  );
}

function useVisit({ connection, contact_id, visit: summary, role }: VisitViewProps): Visit | null {
  const [visit_id] = useState(summary?.visit_id ?? "");
  const [visit, setVisit] = useState<Visit | null>(null);
  useEffect(() => {
    const own = new Visit({ connection, contact_id, visit_id, role });
    void own.devices.open();
    setVisit(own);
    return () => void own.leave();
  }, [connection, contact_id, visit_id, role]);
  useEffect(() => visit?.follow(summary), [visit, summary, visit?.me.value]);
  return visit;
}

function Over({ close }: { close(): void }) {
  return (
    <div class="visit-over">
      <p role="status">{t("visit.over")}</p>
      <button type="button" class="ds-button" onClick={close}>
        {t("visit.close")}
      </button>
    </div>
  );
}

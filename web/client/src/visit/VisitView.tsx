/** A video visit on the screen, from the lobby to hanging up: the same for patient, clinician and guest. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { VisitSummary } from "../wire";
import type { BesideVisit } from "./Examine";
import { Lobby } from "./Lobby";
import { Stage } from "./Stage";
import { type Place, type Role, Visit } from "./visit";
import "./words";
import "./bar.css";
import "./trouble.css";
import "./visit.css";

export interface VisitViewProps {
  connection: Connection;
  contact_id: string;
  /** The visit as the contact's summary has it now; null once it is over. */
  visit: VisitSummary | null;
  role: Role;
  onClose(): void;
  /** The contact beside it; guests have none. */
  beside?: BesideVisit;
  /** Opens what guests are invited by; only a clinician has it. */
  onInvite?(): void;
  /** Opens the way to call by telephone; only a clinician has it. */
  onCall?(): void;
}

export function VisitView(props: VisitViewProps) {
  const [turn, setTurn] = useState(0);
  const visit = useVisit(props, turn);
  const [small, setSmall] = useState(false);
  if (!visit) return null;
  const leave = () => {
    void visit.leave();
    props.onClose();
  };
  const place = visit.place.value;
  return (
    <Ground role={props.role} place={place} small={small} shrink={() => setSmall(true)}>
      {props.role === "patient" && !small && <CallLink />}
      {place === "over" && <Over removed={visit.refused.value === "removed"} close={props.onClose} />}
      {place === "elsewhere" && <Elsewhere here={() => setTurn(turn + 1)} />}
      {place === "in" && (
        <Stage
          visit={visit}
          beside={props.beside}
          small={small}
          resize={() => setSmall(!small)}
          leave={leave}
          invite={props.onInvite}
          call={props.onCall}
        />
      )}
      {(place === "entering" || place === "lobby" || place === "aside") && (
        <Lobby visit={visit} small={small} resize={() => setSmall(!small)} leave={leave} />
      )}
    </Ground>
  );
}

interface GroundProps {
  role: Role;
  place: Place;
  small: boolean;
  shrink(): void;
  children: ComponentChildren;
}

/** The clinician's visit lies beside the conversation, a guest's is all there is; the patient's fills the page, or its upper part over the chat. */
function Ground({ role, place, small, shrink, children }: GroundProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.close();
    if (small) dialog.current?.show();
    else dialog.current?.showModal();
  }, [small]);
  const same = { "aria-label": t("visit.title"), "data-color-scheme": "dark", "data-size": "sm", "data-place": place };
  if (role !== "patient") {
    return (
      <section class="visit" {...same}>
        {children}
      </section>
    );
  }
  const cancelled = (event: Event) => {
    event.preventDefault(); // Escape makes it small; only "leave" leaves
    shrink();
  };
  return (
    <dialog ref={dialog} class="visit" data-role="patient" data-small={small} onCancel={cancelled} {...same}>
      {children}
    </dialog>
  );
}

/** The number to call stays one tap away, here too. */
function CallLink() {
  const number = shell.numbers.emergency;
  return (
    <a class="visit-call" href={`tel:${number}`}>
      {t("visit.call", { number })}
    </a>
  );
}

/** `turn`: each begins anew, since a page that has let go of a visit comes to it as a new one. */
function useVisit({ connection, contact_id, visit: summary, role }: VisitViewProps, turn: number): Visit | null {
  const [visit_id] = useState(summary?.visit_id ?? "");
  const [visit, setVisit] = useState<Visit | null>(null);
  useEffect(() => {
    const own = new Visit({ connection, contact_id, visit_id, role });
    void own.devices.open();
    setVisit(own);
    return () => void own.leave();
  }, [connection, contact_id, visit_id, role, turn]);
  useEffect(() => visit?.follow(summary), [visit, summary, visit?.me.value]);
  return visit;
}

/** One person, one place in the visit: two pages of theirs would echo and push each other out. */
function Elsewhere({ here }: { here(): void }) {
  return (
    <div class="visit-over">
      <p role="status">{t("visit.elsewhere")}</p>
      <button type="button" class="ds-button" onClick={here}>
        {t("visit.continue_here")}
      </button>
    </div>
  );
}

function Over({ removed, close }: { removed: boolean; close(): void }) {
  return (
    <div class="visit-over">
      <p role="status">{t(removed ? "room.removed" : "visit.over")}</p>
      <button type="button" class="ds-button" onClick={close}>
        {t("visit.close")}
      </button>
    </div>
  );
}

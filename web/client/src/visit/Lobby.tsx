/** Before one is let in: own picture, device check, who will be there, and the truth about waiting. */
import { useEffect, useState } from "preact/hooks";
import { clock } from "../base/clock";
import { hasWords, t } from "../base/words";
import { Pretest } from "../pretest/Pretest";
import type { VisitMember } from "../wire";
import { Bar, BarButton, MediaSwitches } from "./Bar";
import { CompanyQuestion } from "./Company";
import { calledWithRole } from "./called";
import { DeviceCheck } from "./DeviceCheck";
import { SelfView } from "./SelfView";
import type { Visit } from "./visit";
import "./room_words";
import "./room.css";

/** "About" bears so much. */
const A_WHILE_MS = 2 * 60_000;

export interface LobbyProps {
  visit: Visit;
  /** The patient may make it small, to write in the chat meanwhile. */
  small: boolean;
  resize(): void;
  leave(): void;
}

export function Lobby({ visit, small, resize, leave }: LobbyProps) {
  const { devices } = visit;
  const aside = visit.place.value === "aside";
  return (
    <div class="visit-lobby">
      <SelfView devices={devices} />
      <div class="visit-lobby-text">
        <h2 class="ds-heading" data-size="sm">
          {t(aside ? "room.aside_title" : "visit.lobby_title")}
        </h2>
        <p role="status" class="visit-waiting">
          {waitingWords(visit)}
        </p>
        {!aside && <Expected at={visit.expected.value} />}
        {!aside && <WhoIsThere others={visit.others} />}
        {visit.place.value === "lobby" && !visit.isClinician && <CompanyQuestion door={visit.door} />}
        <DeviceCheck devices={devices} />
        {!visit.isClinician && (
          <details class="pretest-opened">
            <summary>{t("pretest.open")}</summary>
            <Pretest connection={visit.of.connection} contact_id={visit.of.contact_id} devices={devices} />
          </details>
        )}
      </div>
      <Bar>
        <MediaSwitches devices={devices} />
        {visit.isPatient && (
          <BarButton icon="chat" word={small ? t("visit.enlarge") : t("visit.chat")} press={resize} />
        )}
        <BarButton icon="leave" word={t("visit.leave")} danger press={leave} />
      </Bar>
    </div>
  );
}

function waitingWords(visit: Visit): string {
  const code = visit.refused.value;
  if (code) return refusalWords(code);
  if (visit.place.value === "aside") return t("room.aside_waiting");
  return visit.place.value === "lobby" ? t("visit.waiting") : t("visit.entering");
}

/** When it begins, as staff said; once that is over, the truth about that. */
function Expected({ at }: { at: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  if (!at) return null;
  const past = now > new Date(at).getTime() + A_WHILE_MS;
  return <p role="status">{past ? t("room.expected_past") : t("room.expected", { time: clock(at) })}</p>;
}

function refusalWords(code: string): string {
  if (code === "removed") return t("room.removed");
  const key = `base.error_${code}`;
  return hasWords(key) ? t(key) : t("visit.not_let_in");
}

function WhoIsThere({ others }: { others: VisitMember[] }) {
  if (others.length === 0) return null;
  return (
    <ul class="visit-who">
      {others.map((one) => (
        <li key={one.participant}>
          <strong>{calledWithRole(one)}</strong>: {t(`visit.place_${one.place}`)}
        </li>
      ))}
    </ul>
  );
}

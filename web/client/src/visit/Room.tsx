/** Who is at the door and who is inside, for staff: who waits stands open, who is inside behind one press. */
import { useState } from "preact/hooks";
import { clock } from "../base/clock";
import { t } from "../base/words";
import type { VisitMember } from "../wire";
import { calledWithRole } from "./called";
import { MINUTES } from "./door";
import { RoomMember } from "./RoomMember";
import type { Visit } from "./visit";
import "./room_words";
import "./room.css";

export function Room({ visit }: { visit: Visit }) {
  const [trouble, setTrouble] = useState(false);
  const act = async (does: Promise<void>) =>
    setTrouble(
      await does.then(
        () => false,
        () => true,
      ),
    );
  const others = visit.others.filter((one) => one.role !== "clinician");
  const lobby = others.filter((one) => one.place === "lobby");
  const shown = (member: VisitMember) => (
    <RoomMember key={member.participant} visit={visit} member={member} act={act} />
  );
  return (
    <div class="room">
      {lobby.length > 0 && (
        <div class="room-door">
          <p class="ds-sr-only" role="alert">
            {lobby.map((one) => `${calledWithRole(one)}, ${t("visit.waits_outside")}`).join(". ")}
          </p>
          {lobby.map(shown)}
        </div>
      )}
      {trouble && (
        <p class="room-trouble" role="alert">
          {t("room.did_not_go")}
        </p>
      )}
      <Inside others={others.filter((one) => one.place !== "lobby")} waiting={lobby.length} shown={shown} />
      <Expect visit={visit} waiting={lobby.length > 0 || others.length === 0} act={act} />
    </div>
  );
}

interface InsideProps {
  others: VisitMember[];
  waiting: number;
  shown(member: VisitMember): preact.ComponentChild;
}

/** Opened by itself as long as somebody waits aside: nobody is to be forgotten there. */
function Inside({ others, waiting, shown }: InsideProps) {
  if (others.length === 0) return null;
  const aside = others.filter((one) => one.place === "aside");
  const inside = others.length - aside.length;
  return (
    <>
      {aside.map(shown)}
      <details class="room-inside">
        <summary>{t("room.here", { inside, waiting: waiting + aside.length })}</summary>
        {others.filter((one) => one.place === "in").map(shown)}
      </details>
    </>
  );
}

interface ExpectProps {
  visit: Visit;
  waiting: boolean;
  act(does: Promise<void>): Promise<void>;
}

function Expect({ visit, waiting, act }: ExpectProps) {
  const [minutes, setMinutes] = useState<number>(MINUTES[0]);
  if (!waiting) return null;
  return (
    <div class="room-expect">
      <label>
        {t("room.expect")}
        <select class="ds-input" value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
          {MINUTES.map((n) => (
            <option key={n} value={n}>
              {t("room.expect_minutes", { n })}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        onClick={() => void act(visit.door.expect(minutes))}
      >
        {t("room.expect_tell")}
      </button>
      {visit.expected.value && <p role="status">{t("room.expect_told", { time: clock(visit.expected.value) })}</p>}
    </div>
  );
}

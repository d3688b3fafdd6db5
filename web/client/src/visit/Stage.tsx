/** In the visit: the other person large, oneself small, one bar. A clinician also sees who is at the door. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { Bar, BarButton, MediaSwitches, ShareSwitch } from "./Bar";
import { DeviceCheck } from "./DeviceCheck";
import { Room } from "./Room";
import { SelfView } from "./SelfView";
import { Tile } from "./Tile";
import type { Visit } from "./visit";

export interface StageProps {
  visit: Visit;
  /** The patient may make it small, so that the chat is seen. */
  small: boolean;
  resize(): void;
  leave(): void;
  /** A clinician invites guests. */
  invite?(): void;
}

export function Stage({ visit, small, resize, leave, invite }: StageProps) {
  const [choosing, setChoosing] = useState(false);
  const clinician = visit.isClinician;
  return (
    <div class="visit-stage">
      {clinician && <Room visit={visit} />}
      <Tiles visit={visit} />
      <SelfView devices={visit.devices} />
      {choosing && <DeviceCheck devices={visit.devices} />}
      <Bar>
        <MediaSwitches devices={visit.devices} />
        <ShareSwitch devices={visit.devices} />
        <BarButton icon="devices" word={t("visit.devices")} expanded={choosing} press={() => setChoosing(!choosing)} />
        {visit.isPatient && (
          <BarButton icon="chat" word={small ? t("visit.enlarge") : t("visit.chat")} press={resize} />
        )}
        {invite && <BarButton icon="people" word={t("visit.invite")} press={invite} />}
        <BarButton icon="leave" word={t("visit.leave")} danger={!clinician} press={leave} />
        {clinician && <EndForAll visit={visit} />}
      </Bar>
    </div>
  );
}

function Tiles({ visit }: { visit: Visit }) {
  const inside = visit.others.filter((one) => one.place === "in");
  if (inside.length === 0) return <Alone visit={visit} />;
  return (
    <div class="visit-tiles" data-count={inside.length}>
      {inside.map((member) => (
        <Tile key={member.participant} member={member} feed={visit.feeds.value.get(member.participant)} />
      ))}
    </div>
  );
}

function Alone({ visit }: { visit: Visit }) {
  const knocking = visit.others.some((one) => one.place === "lobby");
  return (
    <div class="visit-alone">
      <p role="status">
        {knocking ? t("visit.someone_waits") : visit.isClinician ? t("visit.alone") : t("visit.alone_patient")}
      </p>
    </div>
  );
}

/** Ending for everybody cannot be taken back: it asks once. */
function EndForAll({ visit }: { visit: Visit }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <BarButton icon="leave" word={t("visit.end")} danger press={() => setAsking(true)} />;
  return <BarButton icon="leave" word={t("visit.end_really")} danger press={() => void visit.endForAll()} />;
}

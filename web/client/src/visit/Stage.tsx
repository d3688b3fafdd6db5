/** In the visit: the other person large, oneself small, one bar. A clinician also sees who waits outside. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { VisitMember } from "../wire";
import { Bar, BarButton, MediaSwitches, ShareSwitch } from "./Bar";
import { calledWithRole } from "./called";
import { DeviceCheck } from "./DeviceCheck";
import { inOrder, loudness } from "./loudness";
import { SelfView } from "./SelfView";
import { Tile } from "./Tile";
import { Trouble } from "./Trouble";
import type { Visit } from "./visit";

export interface StageProps {
  visit: Visit;
  /** The patient may make it small, so that the chat is seen. */
  small: boolean;
  resize(): void;
  leave(): void;
  /** A clinician invites guests. */
  invite?(): void;
  /** A clinician calls the patient by telephone when the line is too poor. */
  call?(): void;
}

export function Stage({ visit, small, resize, leave, invite, call }: StageProps) {
  const [choosing, setChoosing] = useState(false);
  const clinician = visit.isClinician;
  return (
    <div class="visit-stage">
      <div class="visit-knocking-and-trouble">
        {clinician && <Waiting visit={visit} />}
        <Trouble visit={visit} call={call} chat={visit.isPatient && !small ? resize : undefined} />
      </div>
      <Tiles visit={visit} />
      <SelfView devices={visit.devices} />
      {choosing && <DeviceCheck devices={visit.devices} />}
      <Bar>
        <MediaSwitches devices={visit.devices} />
        <ShareSwitch devices={visit.devices} />
        <AsideButton />
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

/** The other person in a window of their own over everything else, where the browser can. */
function AsideButton() {
  if (!document.pictureInPictureEnabled) return null;
  const press = async () => {
    const picture = document.querySelector<HTMLVideoElement>("[data-testid=remote-video]");
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await picture?.requestPictureInPicture().catch(() => undefined); // no picture yet, or the browser would not
  };
  return <BarButton icon="aside" word={t("visit.aside")} press={() => void press()} />;
}

function Tiles({ visit }: { visit: Visit }) {
  const inside = inOrder(visit.others.filter((one) => one.place === "in"));
  const feeds = visit.feeds.value;
  if (inside.length === 0) return <Alone visit={visit} />;
  return (
    <div class="visit-tiles" data-count={inside.length}>
      {inside.map((member) => (
        <Tile
          key={member.participant}
          member={member}
          feed={feeds.get(member.participant)}
          volume={loudness(member, inside, feeds, visit.role)}
          mute={visit.isClinician && inside.length > 1 ? () => void visit.mute(member.participant) : undefined}
          changed={(of, enough, by) => visit.noteQuality(of, enough, by)}
        />
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

/** Who waits in the lobby, each with a button to let them in. */
function Waiting({ visit }: { visit: Visit }) {
  const waiting = visit.others.filter((one) => one.place === "lobby");
  if (waiting.length === 0) return null;
  return (
    <div class="visit-knocking" role="alert">
      {waiting.map((member) => (
        <Knock key={member.participant} visit={visit} member={member} />
      ))}
    </div>
  );
}

function Knock({ visit, member }: { visit: Visit; member: VisitMember }) {
  const [busy, setBusy] = useState(false);
  const admit = async () => {
    setBusy(true);
    await visit.admit(member.participant).finally(() => setBusy(false));
  };
  return (
    <div class="visit-knock">
      <span>
        <strong>{calledWithRole(member)}</strong>, {t("visit.waits_outside")}
      </span>
      <button type="button" class="ds-button" aria-busy={busy} onClick={() => void admit()}>
        {t("visit.let_in")}
      </button>
    </div>
  );
}

/** Ending for everybody cannot be taken back: it asks once. */
function EndForAll({ visit }: { visit: Visit }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <BarButton icon="leave" word={t("visit.end")} danger press={() => setAsking(true)} />;
  return <BarButton icon="leave" word={t("visit.end_really")} danger press={() => void visit.endForAll()} />;
}

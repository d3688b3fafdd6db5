/** In the visit: the other person large, oneself small, one bar. A clinician also sees who is at the door. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { Bar, BarButton, MediaSwitches, ShareSwitch } from "./Bar";
import { DeviceCheck } from "./DeviceCheck";
import { type BesideVisit, Examine } from "./Examine";
import { inOrder, loudness } from "./loudness";
import { isAsked, PhotoQuestion } from "./Photo";
import { Room } from "./Room";
import { SelfView } from "./SelfView";
import { useSpeaking } from "./speaking";
import { Tile } from "./Tile";
import { Trouble } from "./Trouble";
import type { Visit } from "./visit";

export interface StageProps {
  visit: Visit;
  /** The contact beside it; guests have none. */
  beside?: BesideVisit;
  /** The patient may make it small, so that the chat is seen. */
  small: boolean;
  resize(): void;
  leave(): void;
  /** A clinician invites guests. */
  invite?(): void;
  /** A clinician calls the patient by telephone when the line is too poor. */
  call?(): void;
}

export function Stage({ visit, beside, small, resize, leave, invite, call }: StageProps) {
  const [panel, setPanel] = useState<"devices" | "examine" | null>(null);
  const turn = (one: "devices" | "examine") => setPanel(panel === one ? null : one);
  const clinician = visit.isClinician;
  const asked = isAsked(visit); // one thing at a time
  return (
    <div class="visit-stage">
      <div class="visit-door-and-trouble">
        {clinician && <Room visit={visit} />}
        {visit.isPatient && <PhotoQuestion visit={visit} />}
        <Trouble visit={visit} call={call} chat={visit.isPatient && !small ? resize : undefined} />
      </div>
      <Tiles visit={visit} />
      <SelfView devices={visit.devices} />
      {panel === "devices" && !asked && (
        <DeviceCheck devices={visit.devices}>
          <AsideButton visit={visit} />
        </DeviceCheck>
      )}
      {panel === "examine" && beside && !asked && <Examine visit={visit} beside={beside} />}
      <Bar>
        <MediaSwitches devices={visit.devices} />
        <ShareSwitch devices={visit.devices} />
        {beside && (
          <BarButton
            icon="examine"
            word={t(clinician ? "photo.examine" : "vitals.title")}
            expanded={panel === "examine"}
            press={() => turn("examine")}
          />
        )}
        <BarButton
          icon="devices"
          word={t("visit.devices")}
          expanded={panel === "devices"}
          press={() => turn("devices")}
        />
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
function AsideButton({ visit }: { visit: Visit }) {
  if (!document.pictureInPictureEnabled || !visit.others.some((one) => one.place === "in")) return null;
  const press = async () => {
    const picture = document.querySelector<HTMLVideoElement>("[data-testid=remote-video]");
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await picture?.requestPictureInPicture().catch(() => undefined); // no picture yet, or the browser would not
  };
  return (
    <button type="button" class="ds-button visit-aside" data-variant="secondary" onClick={() => void press()}>
      {t("visit.aside")}
    </button>
  );
}

function Tiles({ visit }: { visit: Visit }) {
  const inside = inOrder(visit.others.filter((one) => one.place === "in"));
  const feeds = visit.feeds.value;
  const speaking = useSpeaking(inside, feeds);
  if (inside.length === 0) return <Alone visit={visit} />;
  return (
    <div class="visit-tiles" data-count={inside.length}>
      {inside.map((member) => (
        <Tile
          key={member.participant}
          member={member}
          feed={feeds.get(member.participant)}
          volume={loudness(member, speaking, visit.role)}
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

/** Ending for everybody cannot be taken back: it asks once. */
function EndForAll({ visit }: { visit: Visit }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <BarButton icon="leave" word={t("visit.end")} danger press={() => setAsking(true)} />;
  return <BarButton icon="leave" word={t("visit.end_really")} danger press={() => void visit.endForAll()} />;
}

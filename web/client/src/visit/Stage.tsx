/** In the visit: the other person large, oneself small, one bar. A clinician also sees who is at the door. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { CaptionLines, CaptionsPanel, CaptionsQuestion } from "../captions/Captions";
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

type Panel = "devices" | "examine" | "captions";

export function Stage({ visit, beside, small, resize, leave, invite, call }: StageProps) {
  const [panel, setPanel] = useState<Panel | null>(null);
  const turn = (one: Panel) => setPanel(panel === one ? null : one);
  const asked = isAsked(visit); // one thing at a time
  return (
    <div class="visit-stage">
      <div class="visit-door-and-trouble">
        {visit.isClinician && <Room visit={visit} />}
        {visit.isPatient && <PhotoQuestion visit={visit} />}
        {!asked && <CaptionsQuestion visit={visit} />}
        <Trouble visit={visit} call={call} chat={visit.isPatient && !small ? resize : undefined} />
      </div>
      <Tiles visit={visit} />
      <SelfView devices={visit.devices} />
      <CaptionLines visit={visit} />
      {!asked && <Opened panel={panel} visit={visit} beside={beside} />}
      <Bar>
        <MediaSwitches devices={visit.devices} />
        <ShareSwitch devices={visit.devices} />
        <PanelButtons visit={visit} beside={beside} panel={panel} turn={turn} />
        {visit.isPatient && (
          <BarButton icon="chat" word={small ? t("visit.enlarge") : t("visit.chat")} press={resize} />
        )}
        {invite && <BarButton icon="people" word={t("visit.invite")} press={invite} />}
        <BarButton icon="leave" word={t("visit.leave")} danger={!visit.isClinician} press={leave} />
        {visit.isClinician && <EndForAll visit={visit} />}
      </Bar>
    </div>
  );
}

interface PanelsOf {
  visit: Visit;
  beside: BesideVisit | undefined;
  panel: Panel | null;
}

/** What is opened between the pictures and the bar: one thing at a time. */
function Opened({ visit, beside, panel }: PanelsOf) {
  if (panel === "captions") return <CaptionsPanel visit={visit} />;
  if (panel === "examine" && beside) return <Examine visit={visit} beside={beside} />;
  if (panel !== "devices") return null;
  return (
    <DeviceCheck devices={visit.devices}>
      <AsideButton visit={visit} />
    </DeviceCheck>
  );
}

function PanelButtons({ visit, beside, panel, turn }: PanelsOf & { turn(one: Panel): void }) {
  const shown = [
    { one: "examine", word: t(visit.isClinician ? "photo.examine" : "vitals.title"), there: beside !== undefined },
    { one: "captions", word: t("captions.title"), there: visit.captions.may.value },
    { one: "devices", word: t("visit.devices"), there: true },
  ] as const;
  return (
    <>
      {shown.map(
        ({ one, word, there }) =>
          there && <BarButton key={one} icon={one} word={word} expanded={panel === one} press={() => turn(one)} />,
      )}
    </>
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

/** Another person in the visit: their picture, their name, and in words what one cannot see or hear of them. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../base/words";
import type { Measured, VisitMember } from "../wire";
import { called, calledWithRole } from "./called";
import type { Feed } from "./feed";
import { Picture } from "./Picture";
import { QualityLine, TechnicalQuality } from "./QualityPanel";
import { QualityWatch } from "./watch_quality";

export interface TileProps {
  member: VisitMember;
  feed: Feed | undefined;
  /** 0 to 1: low where an interpreter says the same in the listener's language. */
  volume: number;
  changed(participant: string, enough: boolean, by: Measured): void;
  /** A clinician turns their microphone off. */
  mute?(): void;
}

export function Tile({ member, feed, volume, changed, mute }: TileProps) {
  const watch = useWatch(feed, (enough, by) => changed(member.participant, enough, by));
  const pinned = member.role === "interpreter";
  return (
    <figure class="visit-tile" data-over={feed?.over} data-pinned={pinned}>
      {feed?.picture.value && (
        <Picture
          stream={feed.picture.value}
          label={t("visit.picture_of", { name: called(member) })}
          volume={volume}
          whole={pinned || feed.theirs.value.sharing}
        />
      )}
      <Veil name={called(member)} feed={feed} />
      <figcaption class="visit-plate">
        <span>
          <strong>{calledWithRole(member)}</strong>
        </span>
        {feed && !feed.theirs.value.microphone && <span class="visit-state">{t("visit.their_microphone_off")}</span>}
        {mute && feed?.theirs.value.microphone && (
          <button type="button" class="visit-mute" onClick={mute}>
            {t("visit.mute")}
            <span class="ds-sr-only"> {called(member)}</span>
          </button>
        )}
        {watch && !feed?.heldBack.value && <QualityLine watch={watch} />}
      </figcaption>
      {watch && <TechnicalQuality watch={watch} />}
    </figure>
  );
}

function useWatch(feed: Feed | undefined, changed: (enough: boolean, by: Measured) => void): QualityWatch | null {
  const [watch, setWatch] = useState<QualityWatch | null>(null);
  const tell = useRef(changed);
  tell.current = changed;
  useEffect(() => {
    if (!feed) return;
    const own = new QualityWatch(feed, (enough, by) => tell.current(enough, by));
    setWatch(own);
    return () => own.stop();
  }, [feed]);
  return feed ? watch : null;
}

/** What is said in place of a picture. */
function Veil({ name, feed }: { name: string; feed: Feed | undefined }) {
  const words = veilWords(name, feed);
  if (!words) return null;
  return (
    <div class="visit-veil">
      <span class="visit-initials" aria-hidden="true">
        {initials(name)}
      </span>
      <p role="status">{words}</p>
    </div>
  );
}

function veilWords(name: string, feed: Feed | undefined): string | null {
  const path = feed?.path.value ?? "connecting";
  if (path === "interrupted") return t("visit.interrupted");
  if (path !== "connected") return t("visit.connecting", { name });
  if (feed?.heldBack.value) return t("visit.held_back", { name });
  const theirs = feed?.theirs.value;
  return theirs && !theirs.camera && !theirs.sharing ? t("visit.their_camera_off", { name }) : null;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .slice(0, 2)
    .join("");
}

/** Another person in the visit: their picture, their name, and in words what one cannot see or hear of them. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../base/words";
import type { VisitMember } from "../wire";
import { called, calledWithRole } from "./called";
import type { Feed } from "./feed";
import { Picture } from "./Picture";
import { QualityLine, TechnicalQuality } from "./QualityPanel";
import { QualityWatch } from "./watch_quality";

export interface TileProps {
  member: VisitMember;
  feed: Feed | undefined;
}

export function Tile({ member, feed }: TileProps) {
  const watch = useWatch(feed);
  return (
    <figure class="visit-tile" data-over={feed?.over}>
      {feed?.picture.value && (
        <Picture stream={feed.picture.value} label={t("visit.picture_of", { name: called(member) })} />
      )}
      <Veil name={called(member)} feed={feed} />
      <figcaption class="visit-plate">
        <span>
          <strong>{calledWithRole(member)}</strong>
        </span>
        {feed && !feed.theirs.value.microphone && <span class="visit-state">{t("visit.their_microphone_off")}</span>}
        {watch && <QualityLine watch={watch} />}
      </figcaption>
      {watch && <TechnicalQuality watch={watch} />}
    </figure>
  );
}

function useWatch(feed: Feed | undefined): QualityWatch | null {
  const [watch, setWatch] = useState<QualityWatch | null>(null);
  useEffect(() => {
    if (!feed) return;
    const own = new QualityWatch(feed);
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

/** Another person in the visit: their picture, their name, and in words what one cannot see or hear of them. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../base/words";
import type { VisitMember } from "../wire";
import { called, calledWithRole } from "./called";
import { Picture } from "./Picture";
import type { Peer } from "./peer";
import { QualityLine, TechnicalQuality } from "./QualityPanel";
import { QualityWatch } from "./watch_quality";

export interface TileProps {
  member: VisitMember;
  peer: Peer | undefined;
}

export function Tile({ member, peer }: TileProps) {
  const watch = useWatch(peer);
  return (
    <figure class="visit-tile">
      {peer?.picture.value && (
        <Picture stream={peer.picture.value} label={t("visit.picture_of", { name: called(member) })} />
      )}
      <Veil name={called(member)} peer={peer} />
      <figcaption class="visit-plate">
        <span>
          <strong>{calledWithRole(member)}</strong>
        </span>
        {peer && !peer.theirs.value.microphone && <span class="visit-state">{t("visit.their_microphone_off")}</span>}
        {watch && <QualityLine watch={watch} />}
      </figcaption>
      {watch && <TechnicalQuality watch={watch} />}
    </figure>
  );
}

function useWatch(peer: Peer | undefined): QualityWatch | null {
  const [watch, setWatch] = useState<QualityWatch | null>(null);
  useEffect(() => {
    if (!peer) return;
    const own = new QualityWatch(peer);
    setWatch(own);
    return () => own.stop();
  }, [peer]);
  return peer ? watch : null;
}

/** What is said in place of a picture. */
function Veil({ name, peer }: { name: string; peer: Peer | undefined }) {
  const words = veilWords(name, peer);
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

function veilWords(name: string, peer: Peer | undefined): string | null {
  const path = peer?.path.value ?? "connecting";
  if (path === "interrupted") return t("visit.interrupted");
  if (path !== "connected") return t("visit.connecting", { name });
  const theirs = peer?.theirs.value;
  return theirs && !theirs.camera && !theirs.sharing ? t("visit.their_camera_off", { name }) : null;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .slice(0, 2)
    .join("");
}

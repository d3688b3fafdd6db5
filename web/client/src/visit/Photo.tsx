/** A photo in the visit: staff ask, the patient takes it, sees it, and sends it or says no. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Uploads, uploadsOf } from "../attachment/uploads";
import { t } from "../base/words";
import type { EntryView, VisitMember } from "../wire";
import { called } from "./called";
import { takePhoto } from "./take_photo";
import type { Visit } from "./visit";
import "./photo.css";
import "./photo_words";

interface Shot {
  blob: Blob;
  url: string;
}

/** Whether one is asked for a picture oneself. */
export const isAsked = (visit: Visit): boolean =>
  visit.members.value.some((one) => one.participant === visit.me.value && one.photo_asked === true);

/** For the patient; nothing while nobody asks. */
export function PhotoQuestion({ visit }: { visit: Visit }) {
  const [sent, setSent] = useState<string | null>(null);
  const asked = isAsked(visit);
  useEffect(() => {
    if (asked) setSent(null);
  }, [asked]);
  if (asked) return <Question visit={visit} send={(blob) => setSent(sendPhoto(visit, blob))} />;
  return sent ? <Underway uploads={uploadsOf(visit.of.contact_id)} id={sent} /> : null;
}

function Question({ visit, send }: { visit: Visit; send(blob: Blob): void }) {
  const [shot, setShot] = useState<Shot | null>(null);
  const [trouble, setTrouble] = useState<"failed" | "did_not_go" | null>(null);
  useEffect(() => () => void (shot && URL.revokeObjectURL(shot.url)), [shot]);
  const take = async () => {
    const blob = await takePhoto(visit.devices);
    setTrouble(blob ? null : "failed");
    setShot(blob ? { blob, url: URL.createObjectURL(blob) } : null);
  };
  const answer = async (blob: Blob | null) => {
    const went = await arrived(visit.door.answerPhoto(blob !== null));
    if (went && blob) send(blob); // only once the yes is kept
    if (!went) setTrouble("did_not_go");
  };
  const { camera, cameraOn } = visit.devices;
  const ready = camera.value !== null && cameraOn.value;
  return (
    <section class="photo-question" aria-labelledby="photo-question">
      <div role="alert">
        <h2 id="photo-question" class="ds-heading" data-size="2xs">
          {t("photo.question")}
        </h2>
      </div>
      {shot ? <img src={shot.url} alt={t("photo.shot")} /> : <p>{t("photo.why")}</p>}
      {!ready && !shot && <p role="status">{t("photo.camera_off")}</p>}
      {trouble && <p role="alert">{t(`photo.${trouble}`)}</p>}
      <div class="photo-actions">
        {shot ? (
          <>
            <button type="button" class="ds-button" onClick={() => void answer(shot.blob)}>
              {t("photo.send")}
            </button>
            <button type="button" class="ds-button" data-variant="secondary" onClick={() => void take()}>
              {t("photo.again")}
            </button>
          </>
        ) : (
          <button type="button" class="ds-button" disabled={!ready} onClick={() => void take()}>
            {t("photo.take")}
          </button>
        )}
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => void answer(null)}>
          {t("photo.no")}
        </button>
      </div>
    </section>
  );
}

const arrived = (said: Promise<void>): Promise<boolean> =>
  said.then(
    () => true,
    () => false,
  );

/** Into the contact as every file, and as safe from a line that breaks. Gives its id among what is on its way. */
function sendPhoto(visit: Visit, blob: Blob): string {
  const file = new File([blob], t("photo.name"), { type: blob.type });
  return uploadsOf(visit.of.contact_id).sendNow(file);
}

const SHOWN_MS = 10_000;

function Underway({ uploads, id }: { uploads: Uploads; id: string }) {
  const [over, setOver] = useState(false);
  const item = uploads.items.value.find((one) => one.client_id === id);
  const state = !item ? "sent" : item.state === "refused" ? "refused" : "sending";
  useEffect(() => {
    if (state !== "sent") return;
    const timer = setTimeout(() => setOver(true), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  if (over) return null;
  return (
    <p class="photo-underway" role="status">
      {t(`photo.${state}`)}
    </p>
  );
}

/** For staff: asks whoever of the patient's side is in the visit, and says what became of it. */
export function AskPhoto({ visit, entries }: { visit: Visit; entries: readonly EntryView[] }) {
  const patients = visit.others.filter((one) => one.role === "patient" && one.place === "in");
  return (
    <>
      {patients.map((one) => (
        <AskOne key={one.participant} visit={visit} member={one} entries={entries} />
      ))}
    </>
  );
}

function AskOne({ visit, member, entries }: { visit: Visit; member: VisitMember; entries: readonly EntryView[] }) {
  const [trouble, setTrouble] = useState(false);
  const busy = useRef(false);
  const name = called(member);
  const ask = async () => {
    if (busy.current) return;
    busy.current = true;
    setTrouble(!(await arrived(visit.door.askPhoto(member.participant))));
    busy.current = false;
  };
  const words = member.photo_asked ? t("photo.waits", { name }) : answered(member, entries);
  return (
    <div class="photo-ask">
      {!member.photo_asked && (
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => void ask()}>
          {t("photo.ask_of", { name })}
        </button>
      )}
      {words && <p role="status">{words}</p>}
      {trouble && <p role="alert">{t("photo.did_not_go")}</p>}
    </div>
  );
}

function answered(member: VisitMember, entries: readonly EntryView[]): string | null {
  const last = entries.findLast(
    ({ body }) => body.kind === "photo_answered" && body.participant === member.participant,
  );
  if (last?.body.kind !== "photo_answered") return null;
  return t(last.body.yes ? "photo.said_yes" : "photo.said_no", { name: called(member) });
}

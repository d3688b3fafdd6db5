/** The test before a visit: own picture, what the microphone hears, a sound to hear, the network, and a report to send. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { Devices, type Missing } from "../visit/devices";
import { watchLevel } from "../visit/level";
import { SelfView } from "../visit/SelfView";
import { Echo, NOTHING } from "./echo";
import { type Found, gradeOf, reportOf } from "./report";
import { Speaker } from "./Speaker";
import { turnReach } from "./turn_reach";
import "../visit/words";
import "../visit/visit.css";
import "./words";
import "./pretest.css";

export interface PretestProps {
  connection: Connection;
  contact_id: string;
  /** In the lobby the visit's own are used; else the test opens and closes some. */
  devices?: Devices;
}

const HEARD = 0.1;

export function Pretest({ connection, contact_id, devices: given }: PretestProps) {
  const devices = useMemo(() => given ?? new Devices(), [given]);
  const [heard, setHeard] = useState(false);
  const [speaker, setSpeaker] = useState<Found["speaker"]>("untried");
  const [network, setNetwork] = useState<Network | "running" | null>(null);
  useEffect(() => {
    if (given) return;
    void devices.open();
    return () => devices.close();
  }, [devices, given]);
  const microphone = devices.microphone.value;
  useEffect(
    () => (microphone ? watchLevel(microphone, (level) => level > HEARD && setHeard(true)) : undefined),
    [microphone],
  );
  const run = async () => {
    setNetwork("running");
    setNetwork(await tryNetwork(connection, contact_id, devices));
  };
  return (
    <section class="pretest" aria-label={t("pretest.open")}>
      <p>{t("pretest.lead")}</p>
      {!given && (
        <div class="pretest-self">
          <SelfView devices={devices} />
        </div>
      )}
      <Speaker answer={speaker} answered={setSpeaker} />
      {network === "running" ? (
        <p role="status">{t("pretest.running")}</p>
      ) : (
        <button type="button" class="ds-button" onClick={() => void run()}>
          {network ? t("pretest.again") : t("pretest.begin")}
        </button>
      )}
      {network !== null && network !== "running" && (
        <Report
          connection={connection}
          contact_id={contact_id}
          found={{
            ...network,
            camera: stateOf(devices.camera.value, devices.cameraMissing.value),
            microphone: heardState(stateOf(microphone, devices.microphoneMissing.value), heard),
            speaker,
          }}
        />
      )}
    </section>
  );
}

type Network = Omit<Found, "camera" | "microphone" | "speaker">;

async function tryNetwork(connection: Connection, contact_id: string, devices: Devices): Promise<Network> {
  const echo = new Echo(connection, contact_id);
  const tracks = [devices.microphone.value, devices.camera.value];
  const measured = await echo.measure(tracks).catch(() => NOTHING); // whatever it was: nothing came back
  const ways = await turnReach(echo.servers);
  echo.close();
  return { ...measured, ...ways };
}

type Works = Found["camera"];

function stateOf(track: MediaStreamTrack | null, missing: Missing | null): Works {
  if (track) return "works";
  return missing === "refused" || missing === "absent" ? missing : "untried";
}

const heardState = (state: Works, heard: boolean): Works => (state === "works" && !heard ? "silent" : state);

interface ReportProps {
  connection: Connection;
  contact_id: string;
  found: Found;
}

function Report({ connection, contact_id, found }: ReportProps) {
  const [told, setTold] = useState<"no" | "yes" | "failed">("no");
  const [client_id] = useState(newId);
  const lines = reportOf(found);
  const grade = gradeOf(found);
  const tell = () =>
    connection.call("test:tell", { contact_id, client_id, result: found }).then(
      () => setTold("yes"),
      () => setTold("failed"),
    );
  return (
    <div class="pretest-report" data-grade={grade}>
      <p role="status">
        <strong>{t(`pretest.grade_${grade}`)}</strong>
      </p>
      <dl>
        {lines.map((line) => (
          <div key={line.name} data-good={line.good}>
            <dt>
              <span aria-hidden="true">{line.good ? "✓" : "✕"}</span> {t(`pretest.${line.name}`)}
            </dt>
            <dd>{line.text}</dd>
          </div>
        ))}
      </dl>
      {told === "failed" && <p role="alert">{t("pretest.not_told")}</p>}
      {told === "yes" ? (
        <p role="status">{t("pretest.told")}</p>
      ) : (
        <button type="button" class="ds-button" onClick={() => void tell()}>
          {t("pretest.tell")}
        </button>
      )}
    </div>
  );
}

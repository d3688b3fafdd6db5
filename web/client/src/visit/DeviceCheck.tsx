/** Which camera and microphone, and whether the microphone hears anything. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../base/words";
import type { Devices } from "./devices";
import { watchLevel } from "./level";

const HEARD = 0.25;

/** A bar that moves when one speaks, and words that say so once it has. */
function MicrophoneLevel({ devices }: { devices: Devices }) {
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState(false);
  const track = devices.microphone.value;
  const on = devices.microphoneOn.value;
  useEffect(() => (track ? watchLevel(track, setLevel) : undefined), [track]);
  useEffect(() => {
    if (level > HEARD) setHeard(true);
  }, [level]);
  if (!track) return <p class="visit-note">{microphoneTrouble(devices)}</p>;
  const words = !on ? t("visit.microphone_is_off") : heard ? t("visit.we_hear_you") : t("visit.say_something");
  return (
    <div class="visit-level">
      <meter min={0} max={1} value={on ? level : 0} aria-label={t("visit.level")} />
      <span role="status">{words}</span>
    </div>
  );
}

function microphoneTrouble(devices: Devices): string {
  const missing = devices.microphoneMissing.value;
  return missing ? t(`visit.microphone_${missing}`) : t("visit.asking");
}

/** The choice of one kind of device; nothing when there is nothing to choose between. */
function Choice({ devices, kind }: { devices: Devices; kind: "audioinput" | "videoinput" }) {
  const found = devices.choices.value.filter((one) => one.kind === kind && one.deviceId !== "");
  const audio = kind === "audioinput";
  const used = (audio ? devices.microphone.value : devices.camera.value)?.getSettings().deviceId;
  if (found.length < 2) return null;
  return (
    <label class="visit-choice">
      {audio ? t("visit.microphone") : t("visit.camera")}
      <select
        class="ds-input"
        value={used}
        onChange={(event) => void devices.choose(audio ? "audio" : "video", event.currentTarget.value)}
      >
        {found.map((one, index) => (
          <option key={one.deviceId} value={one.deviceId}>
            {one.label || index + 1}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Nothing where the browser cannot. */
function Blur({ devices }: { devices: Devices }) {
  if (!devices.mayBlur) return null;
  return (
    <label class="visit-blur">
      <input type="checkbox" checked={devices.blurred.value} onChange={() => void devices.toggleBlur()} />
      {t("visit.blur")}
    </label>
  );
}

export function DeviceCheck({ devices, children }: { devices: Devices; children?: ComponentChildren }) {
  return (
    <section class="visit-check" aria-label={t("visit.device_check")}>
      <MicrophoneLevel devices={devices} />
      <Choice devices={devices} kind="videoinput" />
      <Choice devices={devices} kind="audioinput" />
      <Blur devices={devices} />
      {children}
    </section>
  );
}

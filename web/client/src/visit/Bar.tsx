/** The one bar of a visit: microphone, camera, share, devices, leave. Every button has its word. */
import type { ComponentChildren } from "preact";
import { t } from "../base/words";
import type { Devices } from "./devices";
import { Icon, type IconName } from "./icons";

interface SwitchProps {
  icon: IconName;
  word: string;
  on: boolean;
  there?: boolean;
  /** For what is off until someone wants it: then "off" is nothing to warn of. */
  calm?: boolean;
  press(): void;
}

/** A switch says its state in words too: "Microphone, off". */
function Switch({ icon, word, on, there = true, calm = false, press }: SwitchProps) {
  const off = !calm && (!there || !on);
  return (
    <button
      type="button"
      class="visit-button"
      role="switch"
      aria-checked={there && on}
      data-off={off}
      data-on={calm && on}
      disabled={!there}
      onClick={press}
    >
      <Icon name={icon} off={off} />
      <span>{word}</span>
      <span class="visit-button-state" aria-hidden="true">
        {there && on ? t("visit.on") : t("visit.off")}
      </span>
    </button>
  );
}

export function MediaSwitches({ devices }: { devices: Devices }) {
  return (
    <>
      <Switch
        icon="microphone"
        word={t("visit.microphone")}
        on={devices.microphoneOn.value}
        there={devices.microphone.value !== null}
        press={() => devices.toggleMicrophone()}
      />
      <Switch
        icon="camera"
        word={t("visit.camera")}
        on={devices.cameraOn.value}
        there={devices.camera.value !== null}
        press={() => devices.toggleCamera()}
      />
    </>
  );
}

export function ShareSwitch({ devices }: { devices: Devices }) {
  if (!devices.mayShare) return null;
  const press = () => void devices.toggleScreen();
  return <Switch icon="share" word={t("visit.share")} on={devices.screen.value !== null} calm press={press} />;
}

interface PressProps {
  icon: IconName;
  word: string;
  danger?: boolean;
  expanded?: boolean;
  press(): void;
}

export function BarButton({ icon, word, danger = false, expanded, press }: PressProps) {
  return (
    <button type="button" class="visit-button" data-danger={danger} aria-expanded={expanded} onClick={press}>
      <Icon name={icon} />
      <span>{word}</span>
    </button>
  );
}

export function Bar({ children }: { children: ComponentChildren }) {
  return (
    <div class="visit-bar" role="toolbar" aria-label={t("visit.controls")}>
      {children}
    </div>
  );
}

/** One's own picture, or in words why there is none. */
import { useMemo } from "preact/hooks";
import { t } from "../base/words";
import type { Devices } from "./devices";
import { Picture } from "./Picture";

export function SelfView({ devices }: { devices: Devices }) {
  const track = devices.picture.value;
  const stream = useMemo(() => (track ? new MediaStream([track]) : null), [track]);
  const hidden = !track || (!devices.cameraOn.value && !devices.screen.value);
  return (
    <figure class="visit-self" data-hidden={hidden}>
      {track && (
        <Picture
          stream={stream}
          label={t("visit.own_picture")}
          own={!devices.screen.value}
          whole={devices.screen.value !== null}
        />
      )}
      {hidden && <p class="visit-self-why">{whyHidden(devices)}</p>}
      <figcaption class="visit-plate">{devices.screen.value ? t("visit.you_share") : t("visit.you")}</figcaption>
    </figure>
  );
}

function whyHidden(devices: Devices): string {
  if (devices.camera.value) return t("visit.camera_is_off");
  const missing = devices.cameraMissing.value;
  return missing ? t(`visit.camera_${missing}`) : t("visit.asking");
}

/** A picture large, in the browser's own modal dialog: by keyboard, by buttons, by two fingers as the browser does. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../base/words";

const LEAST = 1;
const MOST = 8;
const STEP = 1.5;

export function Viewer({ src, alt, name, close }: { src: string; alt: string; name: string; close(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const zoom = useSignal(LEAST);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const to = (wanted: number) => {
    zoom.value = Math.min(MOST, Math.max(LEAST, wanted));
  };
  const pressed = (event: KeyboardEvent) => {
    event.stopPropagation(); // the workplace's own keys are not meant while a picture is open
    if (event.key === "+" || event.key === "=") to(zoom.value * STEP);
    else if (event.key === "-") to(zoom.value / STEP);
    else if (event.key === "0") to(LEAST);
  };
  return (
    <dialog
      ref={dialog}
      class="attachment-viewer"
      aria-label={alt}
      onCancel={close}
      onClose={close}
      onKeyDown={pressed}
    >
      <div class="attachment-viewer-bar">
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => to(zoom.value / STEP)}>
          {t("attachment.zoom_out")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => to(zoom.value * STEP)}>
          {t("attachment.zoom_in")}
        </button>
        <a class="attachment-save" href={src} download={name}>
          {t("attachment.download", { name })}
        </a>
        <button type="button" class="ds-button" onClick={() => dialog.current?.close()}>
          {t("attachment.close")}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section class="attachment-stage" tabIndex={0} aria-label={t("attachment.viewer_keys")}>
        <img src={src} alt={alt} style={{ width: `${zoom.value * 100}%` }} data-zoom={zoom.value} />
      </section>
    </dialog>
  );
}

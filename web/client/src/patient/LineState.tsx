/** The truth about the line and about what waits on this device: a light, and a quiet line when it lasts. */
import { useComputed } from "@preact/signals";
import { onTheirWay } from "../attachment/uploads";
import { Light } from "../base/Light";
import { t } from "../base/words";
import { CallLink } from "./Frame";
import { files, line, me, outbox } from "./session";

export function LineState() {
  return (
    <div class="line-state">
      {me.value && <OfLine />}
      <Sealed />
      <TooOld />
    </div>
  );
}

function OfLine() {
  const connection = line();
  const state = connection.line.value;
  const waiting = useComputed(
    () => outbox.unsent.value.filter((item) => item.refused === null).length + onTheirWay.value.length,
  );
  return (
    <>
      <Light connection={connection} waiting={waiting} />
      <div role="status">{state !== "up" && <p class="appear-late">{t(`patient.line_${state}`)}</p>}</div>
    </>
  );
}

/** What waits here and cannot be read before the server has said who is signed in. */
function Sealed() {
  const n = outbox.sealed.value + files.sealed.value;
  if (n === 0) return null;
  return (
    <p role="status" data-waits={n}>
      {t(me.value === null ? "patient.waits_signed_out" : "patient.waits", { n })}
    </p>
  );
}

function TooOld() {
  const n = outbox.expired.value + files.expired.value;
  if (n === 0) return null;
  const seen = () => {
    outbox.expired.value = 0;
    files.expired.value = 0;
  };
  return (
    <p role="alert" class="too-old">
      {t("patient.too_old", { n })} <CallLink kind="emergency" /> <CallLink kind="advice" />{" "}
      <button type="button" class="text-button" onClick={seen}>
        {t("patient.too_old_seen")}
      </button>
    </p>
  );
}

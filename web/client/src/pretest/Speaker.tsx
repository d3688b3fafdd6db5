/** A short sound, and whether it was heard: no browser can tell that by itself. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { Found } from "./report";

interface SpeakerProps {
  answer: Found["speaker"];
  answered(answer: Found["speaker"]): void;
}

const HERTZ = [523, 659] as const;
const LONG_S = 0.4;

export function Speaker({ answer, answered }: SpeakerProps) {
  const [played, setPlayed] = useState(false);
  const play = async () => {
    setPlayed(true);
    await sound();
  };
  return (
    <div class="pretest-speaker">
      <button type="button" class="ds-button" data-variant="secondary" onClick={() => void play()}>
        {t("pretest.play")}
      </button>
      {played && (
        <fieldset class="pretest-heard">
          <legend>{t("pretest.heard_ask")}</legend>
          {(["heard", "not_heard"] as const).map((one) => (
            <button
              key={one}
              type="button"
              class="ds-button"
              data-variant="secondary"
              aria-pressed={answer === one}
              onClick={() => answered(one)}
            >
              {t(one === "heard" ? "pretest.heard_yes" : "pretest.heard_no")}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

async function sound(): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  const volume = context.createGain();
  volume.gain.value = 0.2;
  volume.connect(context.destination);
  for (const [place, hertz] of HERTZ.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start(context.currentTime + place * LONG_S);
    tone.stop(context.currentTime + (place + 1) * LONG_S);
    tone.onended = () => place === HERTZ.length - 1 && void context.close();
  }
}

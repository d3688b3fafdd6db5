/** How the line is: one sentence for people, and the numbers behind it for whoever has to find a fault. */
import { t } from "../base/words";
import type { Verdict } from "./quality";
import type { QualityWatch } from "./watch_quality";

export function QualityLine({ watch }: { watch: QualityWatch }) {
  const { sound, picture } = watch;
  if (!sound.value || !picture.value) return null;
  return (
    <p class="visit-quality" role="status" data-trouble={isTrouble(sound.value) || isTrouble(picture.value)}>
      {bothGood(sound.value, picture.value)
        ? t("visit.all_good")
        : `${t(`visit.picture_is_${picture.value}`)} ${t(`visit.sound_is_${sound.value}`)}`}
    </p>
  );
}

const isTrouble = (verdict: Verdict) => verdict === "poor" || verdict === "none";
const bothGood = (sound: Verdict, picture: Verdict) => sound === "good" && picture === "good";

/** Numbers of `getStats`; each cell is named by `data-stat`, which the browser tests read too. */
export function TechnicalQuality({ watch }: { watch: QualityWatch }) {
  const { pictureIn, pictureOut, soundIn, soundOut, roundTripMs } = watch.quality.value;
  return (
    <details class="visit-technical">
      <summary>{t("visit.technical")}</summary>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("visit.received")}</th>
            <th scope="col">{t("visit.sent")}</th>
          </tr>
        </thead>
        <tbody>
          <Row name="frames" word={t("visit.frames")} received={pictureIn.frames} sent={pictureOut.frames} />
          <Row
            name="framesPerSecond"
            word={t("visit.frames_per_second")}
            received={pictureIn.framesPerSecond}
            sent={pictureOut.framesPerSecond}
          />
          <Row name="sound" word={t("visit.sound_packets")} received={soundIn.packets} sent={soundOut.packets} />
          <Row name="lost" word={t("visit.lost")} received={soundIn.lost + pictureIn.lost} sent={null} />
          <Row name="roundTrip" word={t("visit.round_trip")} received={roundTripMs} sent={null} />
        </tbody>
      </table>
    </details>
  );
}

interface RowProps {
  name: string;
  word: string;
  received: number | null;
  sent: number | null;
}

function Row({ name, word, received, sent }: RowProps) {
  return (
    <tr>
      <th scope="row">{word}</th>
      <td data-stat={`${name}-received`}>{received ?? "–"}</td>
      <td data-stat={`${name}-sent`}>{sent ?? "–"}</td>
    </tr>
  );
}

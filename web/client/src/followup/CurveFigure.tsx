/** The values of one measure over ninety days, with the limits a value alone may pass and when there was an alarm. */
import { locale, t } from "../base/words";
import { inMine } from "../form/text";
import type { Curve } from "../wire";
import { numberWords, unitWords } from "./alarm";

const WIDTH = 900;
const HEIGHT = 200;
const LEFT = 56;
const EDGE = 16;
const MOST_WORDS = 30;

export function CurveFigure({ curve, alarms }: { curve: Curve; alarms: readonly number[] }) {
  const { points, limits } = curve;
  const lines = limits.flatMap(({ bounds, zone, reason }) =>
    bounds.map((bound) => ({ bound, zone, reason, at: Number(bound.replace(/^[<>=\s]+/, "")) })),
  );
  const values = [...points.map((one) => one.value), ...lines.map((one) => one.at)];
  const times = points.map((one) => one.at_ms);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (at_ms: number) => LEFT + (WIDTH - LEFT - EDGE) * (last > first ? (at_ms - first) / (last - first) : 0.5);
  const y = (value: number) => EDGE + (HEIGHT - 2 * EDGE) * (high > low ? 1 - (value - low) / (high - low) : 0.5);
  const name = t("followup.curve", { measure: t(`followup.${curve.measure}`), unit: unitWords(curve.unit) });
  return (
    <figure class="desk-card follow-up-figure">
      <figcaption>{name}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
        {lines.map(({ bound, zone, at }) => (
          <g key={`${bound}${zone}`} class="follow-up-limit" data-zone={zone}>
            <line x1={LEFT} x2={WIDTH} y1={y(at)} y2={y(at)} />
            <text x={LEFT - 6} y={y(at) + 4} text-anchor="end">
              {bound}
            </text>
          </g>
        ))}
        {alarms
          .filter((at) => at >= first && at <= last)
          .map((at) => (
            <line key={at} class="follow-up-mark" x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} />
          ))}
        <polyline points={points.map((one) => `${x(one.at_ms)},${y(one.value)}`).join(" ")} />
        {points.map((one) => (
          <circle key={`${one.at_ms}/${one.value}`} cx={x(one.at_ms)} cy={y(one.value)} r={4} />
        ))}
      </svg>
      <details class="ds-details">
        <summary>{t("followup.as_table")}</summary>
        <p>
          {points
            .slice(-MOST_WORDS)
            .map((one) => `${dayWords(one.at_ms)}: ${numberWords(one.value)}`)
            .join("; ")}
        </p>
        <p>
          {t("followup.limits")}:{" "}
          {lines
            .map(({ bound, zone, reason }) => `${t(`followup.zone_${zone}`)} ${bound} (${inMine(reason)})`)
            .join("; ")}
        </p>
        <p>
          {t("followup.alarms")}: {alarms.map(dayWords).join("; ") || "–"}
        </p>
      </details>
    </figure>
  );
}

const dayWords = (at_ms: number) =>
  new Date(at_ms).toLocaleString(locale(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

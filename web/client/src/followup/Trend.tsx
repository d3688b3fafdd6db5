/** The newest values of one measure as a small curve. Its numbers stand beside it in words: nothing is told by it alone. */
import type { TrendPoint } from "../wire";

const WIDTH = 120;
const HEIGHT = 32;
const EDGE = 3;

export function Trend({ points, label }: { points: readonly TrendPoint[]; label: string }) {
  const places = placesOf(points);
  const last = places.at(-1);
  if (!last || places.length < 2) return null;
  return (
    <svg class="follow-up-trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline points={places.map(({ x, y }) => `${x},${y}`).join(" ")} />
      <circle cx={last.x} cy={last.y} r={EDGE} />
    </svg>
  );
}

/** By time to the right and by value upwards; values that are all the same lie in the middle. */
export function placesOf(points: readonly TrendPoint[]): { x: number; y: number }[] {
  const times = points.map((one) => one.at_ms);
  const values = points.map((one) => one.value);
  const place = (value: number, all: number[], size: number) => {
    const low = Math.min(...all);
    const span = Math.max(...all) - low;
    return EDGE + (span ? (value - low) / span : 0.5) * (size - 2 * EDGE);
  };
  return points.map(({ at_ms, value }) => ({
    x: Math.round(place(at_ms, times, WIDTH)),
    y: Math.round(HEIGHT - place(value, values, HEIGHT)),
  }));
}

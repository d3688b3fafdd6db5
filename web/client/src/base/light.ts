/** What the connection light shows: never green unless the newest numbers were told within 12 s. */
import type { Line } from "./connection";

export type Light = "up" | "checking" | "sending" | "old" | "down";

export interface Seen {
  line: Line;
  /** The newest numbers were told within 12 s. */
  fresh: boolean;
  /** How many texts are on their way. */
  waiting: number;
}

export function lightOf({ line, fresh, waiting }: Seen): Light {
  if (line !== "up") return line;
  if (waiting > 0) return "sending";
  return fresh ? "up" : "checking";
}

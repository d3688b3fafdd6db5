/** What has been said so far, as it is read: what is settled in its order, and after it what each is saying now. Pure. */
import type { CaptionSaid } from "../wire";

export interface Line {
  sender: string;
  text: string;
  final: boolean;
}

/** Nothing of it is kept anywhere but on the screen, and there only so much. */
const KEPT = 40;

export function withSaid(lines: readonly Line[], { sender, text, final }: CaptionSaid): readonly Line[] {
  const settled = lines.filter((line) => line.final);
  const others = lines.filter((line) => !line.final && line.sender !== sender);
  if (!text) return [...settled, ...others];
  if (final) return [...[...settled, { sender, text, final }].slice(-KEPT), ...others];
  return [...settled, ...others, { sender, text, final }];
}

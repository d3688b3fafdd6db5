/** When staff write while the page is out of sight: the tab says so and the phone shakes once. Never a word of what was written. */
import { useEffect, useRef } from "preact/hooks";
import type { EntryView } from "../wire";

const SHAKE_MS = 200;
const QUIET_TITLE = "Fyr";

export function useAttention(entries: readonly EntryView[]): void {
  const fromStaff = entries.filter((entry) => entry.author.kind === "staff" && entry.body.kind !== "read").length;
  const known = useRef(fromStaff);
  useEffect(() => {
    const news = fromStaff - known.current;
    if (!document.hidden) known.current = fromStaff;
    else if (news > 0) call(news);
  }, [fromStaff]);
  useEffect(() => {
    const seen = () => {
      if (!document.hidden) document.title = QUIET_TITLE;
    };
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, []);
}

function call(news: number): void {
  document.title = `(${news}) ${QUIET_TITLE}`;
  navigator.vibrate?.(SHAKE_MS);
}

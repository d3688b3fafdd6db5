/** Looking again by itself: when the line is back, and every half minute while the page is in sight. */
import { useEffect } from "preact/hooks";
import type { Connection } from "../base/connection";

const LOOK_EVERY_MS = 30_000;

/** `of`: what is looked at; another one is looked at at once. */
export function useLooking(connection: Connection, load: () => Promise<unknown>, of: string): void {
  useEffect(() => {
    const off = connection.onUp(() => void load());
    const timer = setInterval(() => !document.hidden && connection.line.value !== "down" && void load(), LOOK_EVERY_MS);
    return () => {
      off();
      clearInterval(timer);
    };
  }, [connection, of]);
}

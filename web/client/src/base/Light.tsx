/** The connection light: a shape and a word for how the line is. What lasts is told politely to who listens. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Connection } from "./connection";
import { lightOf, type Light as State } from "./light";
import "./light.css";
import { t } from "./words";

export interface LightProps {
  connection: Connection;
  /** How many texts are on their way. */
  waiting: ReadonlySignal<number>;
}

/** A blink says nothing: only what has lasted this long is read out. */
const LASTS_MS = 1_500;

export function Light({ connection, waiting }: LightProps) {
  const state = useComputed(() =>
    lightOf({ line: connection.line.value, fresh: connection.fresh.value, waiting: waiting.value }),
  );
  const words = wordsOf(state.value, waiting.value);
  return (
    <span class="light" data-light={state.value}>
      <span class="light-shape" aria-hidden="true" />
      <span aria-hidden="true">{words}</span>
      <ReadOut words={words} />
    </span>
  );
}

function wordsOf(state: State, n: number): string {
  return t(`base.light_${state}`, { n });
}

function ReadOut({ words }: { words: string }) {
  const lasting = useSignal(words);
  useEffect(() => {
    const timer = setTimeout(() => {
      lasting.value = words;
    }, LASTS_MS);
    return () => clearTimeout(timer);
  }, [words, lasting]);
  return (
    <span role="status" class="light-read">
      {lasting}
    </span>
  );
}

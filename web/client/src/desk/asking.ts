/** Asking the server for a part of a page: what was answered last, whether it is under way, why it was refused. */
import { useState } from "preact/hooks";
import { Refusal } from "../base/refusal";

export interface Asking<T> {
  answer: T | null;
  refusal: Refusal | null;
  busy: boolean;
  /** Of two that are under way the one that was begun last counts. */
  ask(question: Promise<T>): Promise<T | null>;
}

export function useAsking<T>(): Asking<T> {
  const [state, setState] = useState<{ answer: T | null; refusal: Refusal | null; busy: boolean }>({
    answer: null,
    refusal: null,
    busy: false,
  });
  const [turn] = useState({ last: 0 });
  const ask = async (question: Promise<T>): Promise<T | null> => {
    turn.last += 1;
    const mine = turn.last;
    setState((was) => ({ ...was, busy: true }));
    const told = await question.catch(keepRefusal);
    if (mine !== turn.last) return null;
    const refused = told instanceof Refusal ? told : null;
    const answer = told instanceof Refusal ? null : told;
    setState((was) => ({ answer: refused ? was.answer : answer, refusal: refused, busy: false }));
    return answer;
  };
  return { ...state, ask };
}

/** What the service refused, to be told; any other failure goes on. */
export function keepRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

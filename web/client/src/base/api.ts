/** HTTP calls under `/api`, typed by the wire's table of routes. Cookies sign them in; every failure is a `Refusal`. */
import { noteRefusal } from "../signin/ways";
import type { Routes } from "../wire";
import { Refusal, UNREACHABLE } from "./refusal";

type PathOf<M extends string> = { [K in keyof Routes]: K extends `${M} ${infer P}` ? P : never }[keyof Routes];
type AnswerOf<M extends string, P extends string> = `${M} ${P}` extends keyof Routes
  ? Routes[`${M} ${P}`]["answer"]
  : never;
type RequestOf<M extends string, P extends string> = `${M} ${P}` extends keyof Routes
  ? Routes[`${M} ${P}`]["request"]
  : never;

export const get = <P extends PathOf<"GET">>(path: P, values: Record<string, string> = {}) =>
  send<AnswerOf<"GET", P>>("GET", filled(path, values));

export const post = <P extends PathOf<"POST">>(path: P, body: RequestOf<"POST", P>) =>
  send<AnswerOf<"POST", P>>("POST", path, body);

export const del = <P extends PathOf<"DELETE">>(path: P, values: Record<string, string> = {}) =>
  send<AnswerOf<"DELETE", P>>("DELETE", filled(path, values));

function filled(path: string, values: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}

/** Far longer than any answer takes: a line that has died in silence is not waited for longer. */
const ANSWER_WITHIN_MS = 60_000;

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const request = { method, body: json, headers, credentials: "same-origin", signal } as const;
  const response = await fetch(path, request).catch(() => null);
  if (!response) throw new Refusal(UNREACHABLE);
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => undefined);
  if (answer === undefined) throw new Refusal(UNREACHABLE); // a proxy's page, or half an answer
  if (!response.ok) throw noteRefusal(refusalFrom(answer));
  return answer as T;
}

function refusalFrom(answer: unknown): Refusal {
  const outer = (answer ?? {}) as { error?: unknown };
  const error = (outer.error ?? outer) as { code?: string; data?: Record<string, unknown> };
  return new Refusal(error.code ?? "internal", error.data);
}

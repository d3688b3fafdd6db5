/** What kind of danger an emergency is, which decides what to do until help comes. */

export type Danger = "body" | "child" | "self_harm";

/** What to do differs only by what is dangerous: the body, a child, or one's own thoughts. `signs` are ids of questions and concepts. */
export function dangerOf(signs: readonly string[], aboutChild: boolean): Danger {
  if (signs.some((sign) => /suicid|self_harm/.test(sign))) return "self_harm";
  return aboutChild ? "child" : "body";
}

/** The one error the server's answers become: a code with a sentence in `words/base`, and data without anyone's words. */

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly data: Record<string, unknown> = {},
  ) {
    super(code);
    this.name = "Refusal";
  }
}

/** The line broke or the server did not answer in time: nobody knows whether it was committed; the same `client_id` may be sent again. */
export const UNREACHABLE = "unreachable";

/** True when sending the same again may help: nothing was decided about it, or the person can sign in and go on. */
export function mayResend(error: unknown): boolean {
  return (
    error instanceof Refusal &&
    ["unreachable", "internal", "too_fast", "not_ready", "not_signed_in"].includes(error.code)
  );
}

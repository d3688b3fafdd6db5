/** Whose identity number it is: asked with the number in a body, which is kept nowhere, and recorded. */
import type { Connection } from "../base/connection";
import type { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import type { FoundPerson } from "../wire";
import { refusalWords } from "./refusal_words";

export function findPersons(connection: Connection, number: string): Promise<readonly FoundPerson[] | Refusal> {
  return connection
    .call("person:find", { number })
    .then(({ persons }) => persons)
    .catch(keepRefusal);
}

/** Which part of the number cannot be, in words. */
export function findWords(refusal: Refusal): string {
  if (refusal.code !== "identity_invalid") return refusalWords(refusal.code);
  const why = String(refusal.data.why ?? "shape");
  return t(why === "control" || why === "synthetic" || why === "real" ? `staff.find_${why}` : "staff.find_shape");
}

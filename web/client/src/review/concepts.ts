/** What the clinical content knows, by name: asked for once in each language. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Connection } from "../base/connection";
import { type Language, lang } from "../base/words";
import { keepRefusal } from "../desk/asking";
import type { ConceptName } from "../wire";

const named = signal<Partial<Record<Language, readonly ConceptName[]>>>({});
const asked = new Set<Language>();

/** The concepts in the language chosen; none until they have come. */
export function useConcepts(connection: Connection): readonly ConceptName[] {
  const language = lang.value;
  useEffect(() => {
    if (asked.has(language)) return;
    asked.add(language);
    void connection
      .call("concept:list", { lang: language })
      .then(({ concepts }) => {
        named.value = { ...named.value, [language]: concepts };
      })
      .catch((error) => {
        asked.delete(language);
        keepRefusal(error);
      });
  }, [connection, language]);
  return named.value[language] ?? [];
}

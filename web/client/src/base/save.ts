/** Saves a document the server hands out. A refusal comes as one, where a plain link would show its JSON. */
import { Refusal, UNREACHABLE } from "./refusal";

/** How long the browser may take to read what it saves. */
const READ_MS = 60_000;

export async function save(path: string): Promise<void> {
  const response = await fetch(path, { credentials: "same-origin" }).catch(() => null);
  if (!response) throw new Refusal(UNREACHABLE);
  if (!response.ok) {
    const { code = "internal" } = (await response.json().catch(() => ({}))) as { code?: string };
    throw new Refusal(code);
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "fyr";
  give(await response.blob(), name);
}

function give(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_MS);
}

export interface Paper {
  contactId: string;
  lang: string;
  /** With what is between colleagues; the server gives it to staff only. */
  notes?: boolean;
}

export function paperPath({ contactId, lang, notes = false }: Paper): string {
  return `/api/contacts/${encodeURIComponent(contactId)}/transcript.pdf?lang=${lang}&notes=${notes}`;
}

export function fhirPath({ contactId, lang, notes = false }: Paper): string {
  return `/fhir/Communication?encounter=${encodeURIComponent(contactId)}&lang=${lang}&notes=${notes}`;
}

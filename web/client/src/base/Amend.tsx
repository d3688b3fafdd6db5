/** Correcting one's own message: chosen here, with the way out of it. The same on both sides, in each side's words. */
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { EntryView } from "../wire";
import { beginning } from "./fold";

/** Who writes in a contact. */
interface Writer {
  /** The own message that what is written corrects; null while one writes something new. */
  readonly amending: Signal<EntryView | null>;
}

interface AmendProps {
  writer: Writer;
  entry: EntryView;
  /** The id of the field that is written in. */
  field: string;
  children: ComponentChildren;
}

export function Amend({ writer, entry, field, children }: AmendProps) {
  return (
    <button
      type="button"
      class="text-button prose-fold"
      onClick={() => {
        writer.amending.value = entry;
        document.getElementById(field)?.focus();
      }}
    >
      {children}
    </button>
  );
}

interface AmendingProps {
  writer: Writer;
  /** Says what is corrected, by the beginning of it. */
  says(what: string): string;
  cancel: string;
}

export function Amending({ writer, says, cancel }: AmendingProps) {
  const body = writer.amending.value?.body;
  if (body?.kind !== "message") return null;
  return (
    <p role="status" class="amending">
      {says(beginning(body.text))}{" "}
      <button
        type="button"
        class="text-button"
        onClick={() => {
          writer.amending.value = null;
        }}
      >
        {cancel}
      </button>
    </p>
  );
}

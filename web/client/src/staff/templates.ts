/** The reply templates of one contact: fetched when a reply may be written, kept in step with what is saved. */
import { signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import type { SaveTemplate, Template, TemplateList } from "../wire";

/** What a person decides of a template; the rest follows. */
export type Written = Pick<SaveTemplate, "lang" | "abbreviation" | "title" | "text" | "review_on"> & {
  shared_with: string;
};

export class Templates {
  readonly list = signal<TemplateList | null>(null);
  /** What was saved last is shared, and waits for another person. */
  readonly waits = signal(false);

  constructor(
    private readonly connection: Connection,
    private readonly contact_id: string,
  ) {}

  /** Fetches the list. When it cannot be had, the one there is stays: a reply can be written without. */
  async load(): Promise<void> {
    const list = await this.connection.call("template:list", { contact_id: this.contact_id }).catch(keepRefusal);
    if (!(list instanceof Refusal)) this.list.value = list;
  }

  add(written: Written): Promise<Refusal | null> {
    return this.save({ ...written, template_id: newId(), version: 0, client_id: newId() });
  }

  change(known: Template, written: Written): Promise<Refusal | null> {
    return this.save({ ...written, ...at(known), client_id: newId() });
  }

  /** Takes it away; the version that does so is what `putBack` undoes. */
  remove(known: Template): Promise<Refusal | null> {
    return this.save({ ...asWritten(known), ...at(known), client_id: newId(), removed: true });
  }

  putBack(removed: Template): Promise<Refusal | null> {
    const { template_id, version } = removed;
    return this.save({ ...asWritten(removed), template_id, version: version + 1, client_id: newId() });
  }

  private async save(request: SaveTemplate): Promise<Refusal | null> {
    const saved = await this.connection.insist("template:save", request).catch(keepRefusal);
    this.waits.value = !(saved instanceof Refusal) && (saved.waits ?? false);
    await this.load();
    return saved instanceof Refusal ? saved : null;
  }
}

const at = ({ template_id, version }: Template) => ({ template_id, version });

export function asWritten({ unit_id, lang, abbreviation, title, text, review_on }: Template): Written {
  return { shared_with: unit_id, lang, abbreviation, title, text, review_on };
}

function keepRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

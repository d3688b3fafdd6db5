/**
 * Photos and documents the patient has sent and the server has not taken whole: sealed on this device like their words,
 * so that what was chosen in a tunnel is sent after a reload too. Deleted when taken, at sign-out and after 24 h.
 */
import { signal } from "@preact/signals";
import type { Keeper, Sent } from "../attachment/uploads";
import type { FileShelf, KeptFile } from "./file_shelf";
import { KEPT_MS } from "./outbox";
import type { Seal } from "./seal";

/** On one device at once: three of the largest. A phone has other uses for its room, and more is sent from the page. */
export const MOST_BYTES = 60 * 1024 * 1024;

interface About {
  contact_id: string;
  name: string;
  type: string;
  caption: string;
}

export class KeptFiles implements Keeper {
  /** How many lie here that cannot be read, because nobody has signed in yet. */
  readonly sealed = signal(0);
  /** How many were deleted after a day without having been sent. */
  readonly expired = signal(0);
  private seal: Seal | null = null;
  /** One thing at a time: what is taken away must not come back because it was still being sealed. */
  private turns: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly shelf: Promise<FileShelf | null>,
    private readonly now: () => number,
  ) {}

  /** With the key of who is signed in: their files, by contact, in the order they were sent. */
  async unlock(seal: Seal): Promise<Map<string, Sent[]>> {
    this.seal = seal;
    const all = await this.turn((shelf) => shelf.all(), []);
    this.sealed.value = 0;
    const found = new Map<string, Sent[]>();
    for (const kept of all.sort((one, other) => one.written_ms - other.written_ms)) {
      const opened = await opens(kept, seal);
      if (opened) found.set(opened.contact_id, [...(found.get(opened.contact_id) ?? []), opened.sent]);
    }
    return found;
  }

  /** False where it stays in the page alone: no key yet, no room, or a browser that keeps nothing. */
  keep(contact_id: string, { client_id, file, caption }: Sent): Promise<boolean> {
    const { seal } = this;
    return this.turn(async (shelf) => {
      const held = (await shelf.all()).reduce((sum, one) => sum + one.size, 0);
      if (!seal || held + file.size > MOST_BYTES) return false;
      const { name, type, size } = file;
      const about = await seal.close({ contact_id, name, type, caption } satisfies About, client_id);
      const bytes = await seal.closeBytes(await file.arrayBuffer(), `${client_id}/bytes`);
      await shelf.put({ client_id, written_ms: this.now(), size, about, bytes });
      return true;
    }, false);
  }

  drop(client_id: string): void {
    void this.turn((shelf) => shelf.remove([client_id]), undefined);
  }

  /** Counts what lies here, and deletes what is older than a day: its contact has gone on without it. */
  async expire(): Promise<void> {
    const before = this.now() - KEPT_MS;
    const [young, old] = await this.turn(
      async (shelf) => {
        const all = await shelf.all();
        const gone = all.filter((one) => one.written_ms < before).map((one) => one.client_id);
        await shelf.remove(gone);
        return [all.length - gone.length, gone.length] as const;
      },
      [0, 0] as const,
    );
    this.sealed.value = this.seal ? 0 : young;
    this.expired.value += old;
  }

  /** Nothing stays on the device. */
  async empty(): Promise<void> {
    this.seal = null;
    await this.turn(async (shelf) => shelf.remove((await shelf.all()).map((one) => one.client_id)), undefined);
  }

  /** A shelf that is not there, or takes nothing more, is no fault: the file is sent from the page all the same. */
  private turn<T>(ask: (shelf: FileShelf) => Promise<T>, otherwise: T): Promise<T> {
    const done = this.turns.then(async () => {
      const shelf = await this.shelf;
      return shelf ? ask(shelf).catch(() => otherwise) : otherwise;
    });
    this.turns = done;
    return done;
  }
}

async function opens(kept: KeptFile, seal: Seal): Promise<{ contact_id: string; sent: Sent } | undefined> {
  const { client_id } = kept;
  const about = (await seal.open(kept.about, client_id)) as About | undefined;
  const bytes = about && (await seal.openBytes(kept.bytes, `${client_id}/bytes`));
  if (!about || !bytes) return undefined;
  const { contact_id, name, type, caption } = about;
  return { contact_id, sent: { client_id, file: new File([bytes], name, { type }), caption } };
}

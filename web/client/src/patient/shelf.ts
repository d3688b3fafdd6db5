/** Where sealed texts lie on this device: IndexedDB, or memory where a browser keeps nothing. Knows no key. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Sealed } from "./seal";

/** A text on its way. In clear are only its id, its age, and the code it was refused with. */
export interface Kept {
  readonly client_id: string;
  readonly written_ms: number;
  readonly refused: string | null;
  readonly sealed: Sealed;
}

/** What was typed and not sent, by where it was typed. */
export interface KeptDraft {
  readonly place: string;
  readonly written_ms: number;
  readonly sealed: Sealed;
}

export interface Shelf {
  add(kept: Kept): Promise<void>;
  /** In the order they were written. */
  all(): Promise<Kept[]>;
  refuse(clientId: string, code: string): Promise<void>;
  remove(clientId: string): Promise<void>;
  keepDraft(draft: KeptDraft): Promise<void>;
  draft(place: string): Promise<KeptDraft | undefined>;
  dropDraft(place: string): Promise<void>;
  /** Deletes what is older; gives how many texts on their way were among it. */
  expire(before_ms: number): Promise<number>;
  /** Names of the keys that something here was sealed with, the current one first. */
  keyIds(): Promise<string[]>;
  setKeyId(keyId: string): Promise<void>;
  clear(): Promise<void>;
}

export class MemoryShelf implements Shelf {
  private kept: Kept[] = [];
  private drafts = new Map<string, KeptDraft>();
  private keyId: string | undefined;

  async add(kept: Kept): Promise<void> {
    this.kept.push(kept);
  }

  async all(): Promise<Kept[]> {
    return [...this.kept];
  }

  async refuse(clientId: string, code: string): Promise<void> {
    this.kept = this.kept.map((one) => (one.client_id === clientId ? { ...one, refused: code } : one));
  }

  async remove(clientId: string): Promise<void> {
    this.kept = this.kept.filter((one) => one.client_id !== clientId);
  }

  async keepDraft(draft: KeptDraft): Promise<void> {
    this.drafts.set(draft.place, draft);
  }

  async draft(place: string): Promise<KeptDraft | undefined> {
    return this.drafts.get(place);
  }

  async dropDraft(place: string): Promise<void> {
    this.drafts.delete(place);
  }

  async expire(before_ms: number): Promise<number> {
    const young = this.kept.filter((one) => one.written_ms >= before_ms);
    const gone = this.kept.length - young.length;
    this.kept = young;
    for (const { place, written_ms } of this.drafts.values()) if (written_ms < before_ms) this.drafts.delete(place);
    return gone;
  }

  async keyIds(): Promise<string[]> {
    return distinct([this.keyId, ...this.kept.map(keyOf), ...[...this.drafts.values()].map(keyOf)]);
  }

  async setKeyId(keyId: string): Promise<void> {
    this.keyId = keyId;
  }

  async clear(): Promise<void> {
    this.kept = [];
    this.drafts.clear();
    this.keyId = undefined;
  }
}

const NAME = "fyr-outbox";

interface Stores extends DBSchema {
  waiting: { key: number; value: Kept; indexes: { client_id: string } };
  drafts: { key: string; value: KeptDraft };
  key: { key: string; value: string };
}

class DatabaseShelf implements Shelf {
  constructor(private readonly db: IDBPDatabase<Stores>) {}

  async add(kept: Kept): Promise<void> {
    const { store, done } = this.db.transaction("waiting", "readwrite", { durability: "strict" });
    await store.add(kept);
    await done;
  }

  all(): Promise<Kept[]> {
    return this.db.getAll("waiting");
  }

  async refuse(clientId: string, code: string): Promise<void> {
    const store = this.db.transaction("waiting", "readwrite").store;
    const cursor = await store.index("client_id").openCursor(clientId);
    if (cursor) await cursor.update({ ...cursor.value, refused: code });
  }

  async remove(clientId: string): Promise<void> {
    const store = this.db.transaction("waiting", "readwrite").store;
    const key = await store.index("client_id").getKey(clientId);
    if (key !== undefined) await store.delete(key);
  }

  async keepDraft(draft: KeptDraft): Promise<void> {
    await this.db.put("drafts", draft);
  }

  draft(place: string): Promise<KeptDraft | undefined> {
    return this.db.get("drafts", place);
  }

  async dropDraft(place: string): Promise<void> {
    await this.db.delete("drafts", place);
  }

  async expire(before_ms: number): Promise<number> {
    const { waiting, drafts } = this.everything();
    let gone = 0;
    for (let one = await waiting.openCursor(); one; one = await one.continue()) {
      if (one.value.written_ms >= before_ms) continue;
      await one.delete();
      gone += 1;
    }
    for (let one = await drafts.openCursor(); one; one = await one.continue()) {
      if (one.value.written_ms < before_ms) await one.delete();
    }
    return gone;
  }

  async keyIds(): Promise<string[]> {
    const { waiting, drafts, key } = this.everything();
    const [current, kept, typed] = await Promise.all([key.get("id"), waiting.getAll(), drafts.getAll()]);
    return distinct([current, ...kept.map(keyOf), ...typed.map(keyOf)]);
  }

  async setKeyId(keyId: string): Promise<void> {
    await this.db.put("key", keyId, "id");
  }

  async clear(): Promise<void> {
    const { waiting, drafts, key } = this.everything();
    await Promise.all([waiting.clear(), drafts.clear(), key.clear()]);
  }

  private everything() {
    const all = this.db.transaction(["waiting", "drafts", "key"], "readwrite");
    return {
      waiting: all.objectStore("waiting"),
      drafts: all.objectStore("drafts"),
      key: all.objectStore("key"),
    };
  }
}

const keyOf = ({ sealed }: { sealed: Sealed }) => sealed.key_id;
const distinct = (names: (string | undefined)[]) => [...new Set(names.filter((name) => name !== undefined))];

/** The shelf of this device; one in memory where the browser has none (private browsing, storage turned off). */
export async function openShelf(): Promise<Shelf> {
  if (!("indexedDB" in globalThis)) return new MemoryShelf();
  const opened = openDB<Stores>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("waiting", { autoIncrement: true }).createIndex("client_id", "client_id", { unique: true });
      db.createObjectStore("drafts", { keyPath: "place" });
      db.createObjectStore("key");
    },
  });
  return opened.then((db) => new DatabaseShelf(db)).catch(() => new MemoryShelf());
}

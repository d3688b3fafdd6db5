/** Where sealed files lie on this device. A database of its own: a page of an older build holds the other one open. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Sealed } from "./seal";

/** A file on its way. In clear are only its id, its age and its size. */
export interface KeptFile {
  readonly client_id: string;
  readonly written_ms: number;
  readonly size: number;
  /** Whose contact, its name, what was said with it. */
  readonly about: Sealed;
  readonly bytes: Sealed;
}

export interface FileShelf {
  put(file: KeptFile): Promise<void>;
  all(): Promise<KeptFile[]>;
  remove(clientIds: readonly string[]): Promise<void>;
}

export class MemoryFileShelf implements FileShelf {
  private readonly files = new Map<string, KeptFile>();

  async put(file: KeptFile): Promise<void> {
    this.files.set(file.client_id, file);
  }

  async all(): Promise<KeptFile[]> {
    return [...this.files.values()];
  }

  async remove(clientIds: readonly string[]): Promise<void> {
    for (const id of clientIds) this.files.delete(id);
  }
}

interface Stores extends DBSchema {
  files: { key: string; value: KeptFile };
}

class DatabaseFileShelf implements FileShelf {
  constructor(private readonly db: IDBPDatabase<Stores>) {}

  async put(file: KeptFile): Promise<void> {
    const { store, done } = this.db.transaction("files", "readwrite", { durability: "strict" });
    await store.put(file);
    await done;
  }

  all(): Promise<KeptFile[]> {
    return this.db.getAll("files");
  }

  async remove(clientIds: readonly string[]): Promise<void> {
    const { store, done } = this.db.transaction("files", "readwrite");
    await Promise.all([...clientIds.map((id) => store.delete(id)), done]);
  }
}

/** The shelf of this device; null where the browser keeps nothing: then files live in the page. */
export async function openFileShelf(): Promise<FileShelf | null> {
  if (!("indexedDB" in globalThis)) return null;
  const opened = openDB<Stores>("fyr-files", 1, {
    upgrade(db) {
      db.createObjectStore("files", { keyPath: "client_id" });
    },
  });
  return opened.then((db) => new DatabaseFileShelf(db)).catch(() => null);
}

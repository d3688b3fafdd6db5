/**
 * Seals what this device keeps until it is sent: AES-256-GCM with a key the server gives to who is signed in. The key is
 * in memory only and cannot be read out; what is kept without it tells how many texts wait and since when, nothing more.
 */
import type { OutboxKey } from "../wire";

/** One sealed value. `context` binds it to its place: moved elsewhere it does not open. */
export interface Sealed {
  readonly key_id: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const IV_BYTES = 12;
const bytes = (text: string) => new TextEncoder().encode(text);

export class Seal {
  private constructor(
    readonly keyId: string,
    private readonly key: CryptoKey,
  ) {}

  static async from({ key_id, key }: OutboxKey): Promise<Seal> {
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    return new Seal(key_id, await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]));
  }

  close(value: unknown, context: string): Promise<Sealed> {
    return this.closeBytes(bytes(JSON.stringify(value)), context);
  }

  async closeBytes(plain: BufferSource, context: string): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    return { key_id: this.keyId, iv, data: await crypto.subtle.encrypt(this.how(iv, context), this.key, plain) };
  }

  /** The value; undefined when it was sealed with another key, elsewhere, or was altered. */
  async open(sealed: Sealed, context: string): Promise<unknown> {
    const data = await this.openBytes(sealed, context);
    return data && JSON.parse(new TextDecoder().decode(data));
  }

  async openBytes(sealed: Sealed, context: string): Promise<ArrayBuffer | undefined> {
    if (sealed.key_id !== this.keyId) return undefined;
    return crypto.subtle.decrypt(this.how(sealed.iv, context), this.key, sealed.data).catch(() => undefined);
  }

  private how(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
    return { name: "AES-GCM", iv, additionalData: bytes(context) };
  }
}

/** False over plain HTTP from another machine: then texts live in memory only, and the page says so before it closes. */
export const canSeal = (): boolean => globalThis.crypto?.subtle !== undefined;

/** Sends a file's bytes by tus 1.0.0, with progress: the server says where it stands, and it goes on from there. */
import { Refusal, UNREACHABLE } from "../base/refusal";

const TUS = { "Tus-Resumable": "1.0.0" };
const CONFLICT = 409;
/** An answer to HEAD has no words; one that is not here (busy, restarting, a proxy) decided nothing. */
const REFUSED: Partial<Record<number, string>> = { 401: "not_signed_in", 404: "not_found" };

export const pathOf = (contactId: string, attachment: string) =>
  `/api/attachments/${encodeURIComponent(contactId)}/${encodeURIComponent(attachment)}`;

/** How many bytes are committed. */
export async function committed(path: string): Promise<number> {
  const response = await fetch(path, { method: "HEAD", headers: TUS }).catch(() => null);
  if (!response) throw new Refusal(UNREACHABLE);
  if (!response.ok) throw new Refusal(REFUSED[response.status] ?? UNREACHABLE);
  return Number(response.headers.get("Upload-Offset"));
}

export async function takeBack(path: string): Promise<void> {
  await fetch(path, { method: "DELETE", headers: TUS }).catch(() => null);
}

export interface Sending {
  path: string;
  file: Blob;
  offset: number;
  signal: AbortSignal;
  /** Bytes that have left this device; they count once the server says so. */
  progress(sent: number): void;
}

/** Sends from `offset` to the end; the number of bytes committed then. Rejects with a `Refusal`. */
export function sendFrom({ path, file, offset, signal, progress }: Sending): Promise<number> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new DOMException("", "AbortError"));
    const request = new XMLHttpRequest();
    request.open("PATCH", path);
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.upload.onprogress = ({ loaded }) => progress(offset + loaded);
    request.onerror = () => reject(new Refusal(UNREACHABLE));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    request.onload = () => {
      if (request.status === 204) return resolve(Number(request.getResponseHeader("Upload-Offset")));
      const refusal = refusalOf(request);
      if (request.status === CONFLICT && refusal.code === "wrong_offset") return resolve(Number(refusal.data.offset));
      return reject(refusal);
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file.slice(offset));
  });
}

function refusalOf(request: XMLHttpRequest): Refusal {
  try {
    const { code, data } = JSON.parse(request.responseText) as { code: string; data?: Record<string, unknown> };
    return new Refusal(code, data);
  } catch {
    return new Refusal(UNREACHABLE); // a proxy's page: the server has not answered
  }
}

/** What each side tells the other about its microphone and camera, over the connection itself. */

export interface MediaStates {
  microphone: boolean;
  camera: boolean;
  sharing: boolean;
}

/** Before they have said anything we assume that they are heard and seen. */
export const MEDIA_OF_NOBODY: MediaStates = { microphone: true, camera: true, sharing: false };

/** Reads the other's message; null when it is none we know. */
export function readMediaStates(data: unknown): MediaStates | null {
  if (typeof data !== "string" || data.length > 200) return null;
  const value = parsed(data);
  if (!value) return null;
  const { microphone, camera, sharing } = value;
  return { microphone: microphone === true, camera: camera === true, sharing: sharing === true };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // another page's nonsense is not our error
  }
}

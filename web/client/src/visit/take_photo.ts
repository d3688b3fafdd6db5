/** A picture from the camera at the best it can give: the sensor's own where the browser takes photos, else the frame as it is shown. */
import type { Devices } from "./devices";

/** W3C mediacapture-image; TypeScript's library does not know it. */
interface Shutter {
  takePhoto(): Promise<Blob>;
}
declare const ImageCapture: (new (track: MediaStreamTrack) => Shutter) | undefined;

const GIVE_UP_MS = 5_000;
const QUALITY = 0.92;
/** What the service can read. */
const READABLE = ["image/jpeg", "image/png", "image/webp"];

/** Null where the camera gives none. What is blurred on the screen is never taken sharp. */
export async function takePhoto({ camera, cameraOn, blurred }: Devices): Promise<Blob | null> {
  const track = camera.value;
  if (!track || !cameraOn.value || track.readyState !== "live") return null;
  const whole = blurred.value ? null : await sensorPicture(track);
  return whole ?? (await framePicture(track).catch(() => null)); // no frame came
}

async function sensorPicture(track: MediaStreamTrack): Promise<Blob | null> {
  if (typeof ImageCapture !== "function") return null;
  const taken = new ImageCapture(track).takePhoto().catch(() => null); // some cameras say they can, and cannot
  const blob = await Promise.race([taken, after(GIVE_UP_MS)]);
  return blob && READABLE.includes(blob.type) ? blob : null;
}

async function framePicture(track: MediaStreamTrack): Promise<Blob | null> {
  const video = document.createElement("video");
  [video.muted, video.playsInline, video.srcObject] = [true, true, new MediaStream([track])];
  await Promise.race([video.play(), after(GIVE_UP_MS)]);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  video.srcObject = null;
  return canvas.width > 0 ? new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY)) : null;
}

const after = (ms: number) => new Promise<null>((done) => setTimeout(() => done(null), ms));

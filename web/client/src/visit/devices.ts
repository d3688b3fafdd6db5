/**
 * Camera, microphone and screen of this device. A refusal is a state, never an error: without a camera there is sound,
 * with neither one still hears and sees the others.
 */
import { computed, signal } from "@preact/signals";
import type { MediaStates } from "./media_states";

/** Why something is missing: not asked yet, refused by the person, not there (or busy), page not served safely. */
export type Missing = "refused" | "absent" | "unsafe";

type Kind = "audio" | "video";

const PICTURE: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" };
const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Devices {
  readonly microphone = signal<MediaStreamTrack | null>(null);
  readonly camera = signal<MediaStreamTrack | null>(null);
  readonly screen = signal<MediaStreamTrack | null>(null);
  readonly microphoneMissing = signal<Missing | null>(null);
  readonly cameraMissing = signal<Missing | null>(null);
  readonly microphoneOn = signal(true);
  readonly cameraOn = signal(true);
  readonly blurred = signal(false);
  readonly asked = signal(false);
  readonly choices = signal<MediaDeviceInfo[]>([]);
  /** What the others should see: the screen while it is shared, else the camera. */
  readonly picture = computed(() => this.screen.value ?? this.camera.value);
  readonly states = computed<MediaStates>(() => ({
    microphone: this.microphoneOn.value && this.microphone.value !== null,
    camera: this.cameraOn.value && this.camera.value !== null,
    sharing: this.screen.value !== null,
  }));
  /** All that is sent belongs to one stream, so that sound and picture keep together. */
  readonly stream = new MediaStream();
  private closed = false;

  /** Asks once for both; what fails together is tried alone. */
  async open(): Promise<void> {
    const both = await this.take({ audio: SOUND, video: PICTURE });
    if (typeof both === "string") {
      await this.openOne("audio", SOUND);
      await this.openOne("video", PICTURE);
    }
    this.asked.value = true;
    navigator.mediaDevices?.addEventListener("devicechange", this.list);
    await this.list();
  }

  async choose(kind: Kind, deviceId: string): Promise<void> {
    const former = this.trackOf(kind);
    const rest = { ...(kind === "audio" ? SOUND : PICTURE), facingMode: undefined };
    former?.stop(); // a phone opens one camera at a time
    const missing = await this.take({ [kind]: { ...rest, deviceId: { exact: deviceId } } });
    const before = former?.getSettings().deviceId;
    if (typeof missing === "string") await this.openOne(kind, before ? { ...rest, deviceId: before } : rest);
  }

  toggleMicrophone(): void {
    this.microphoneOn.value = !this.microphoneOn.value;
    if (this.microphone.value) this.microphone.value.enabled = this.microphoneOn.value;
  }

  toggleCamera(): void {
    this.cameraOn.value = !this.cameraOn.value;
    if (this.camera.value) this.camera.value.enabled = this.cameraOn.value;
  }

  get mayShare(): boolean {
    return typeof navigator.mediaDevices?.getDisplayMedia === "function";
  }

  /** Shares a screen or window; a second press, or the browser's own button, ends it. */
  async toggleScreen(): Promise<void> {
    if (this.screen.value) {
      this.endScreen();
      return;
    }
    const shared = await navigator.mediaDevices.getDisplayMedia({ video: true }).catch(() => null);
    const track = shared?.getVideoTracks()[0];
    if (!track) return; // the person closed the browser's own question
    track.onended = () => this.endScreen();
    if ("contentHint" in track) track.contentHint = "detail"; // text is to be read, and need not move smoothly
    this.screen.value = track;
  }

  /** Where the browser can blur what is behind a person (W3C mediacapture-extensions). */
  get mayBlur(): boolean {
    const can = this.camera.value?.getCapabilities?.() as { backgroundBlur?: boolean[] } | undefined;
    return can?.backgroundBlur?.includes(true) === true && can.backgroundBlur.includes(false);
  }

  /** Blurs the background, or no more. What the browser refuses stays as it was. */
  async toggleBlur(): Promise<void> {
    const wanted = !this.blurred.value;
    const asked = { backgroundBlur: wanted } as MediaTrackConstraints;
    const done = await this.camera.value?.applyConstraints(asked).then(
      () => true,
      () => false,
    );
    if (done) this.blurred.value = wanted;
  }

  close(): void {
    this.closed = true;
    navigator.mediaDevices?.removeEventListener("devicechange", this.list);
    for (const track of [this.microphone.value, this.camera.value, this.screen.value]) track?.stop();
    this.microphone.value = this.camera.value = this.screen.value = null;
  }

  private endScreen(): void {
    this.screen.value?.stop();
    this.screen.value = null;
  }

  private async openOne(kind: Kind, constraints: MediaTrackConstraints): Promise<void> {
    const missing = await this.take({ [kind]: constraints });
    const [track, why] =
      kind === "audio" ? [this.microphone, this.microphoneMissing] : [this.camera, this.cameraMissing];
    if (typeof missing !== "string") return;
    track.value = null;
    why.value = missing;
  }

  private async take(constraints: MediaStreamConstraints): Promise<Missing | null> {
    if (!navigator.mediaDevices) return "unsafe"; // browsers give no devices to a page without https
    const stream = await navigator.mediaDevices.getUserMedia(constraints).catch((error: unknown) => reason(error));
    if (typeof stream === "string") return stream;
    for (const track of stream.getTracks()) this.keep(track);
    return null;
  }

  private keep(track: MediaStreamTrack): void {
    if (this.closed) {
      track.stop(); // the person left while the browser was still asking
      return;
    }
    const audio = track.kind === "audio";
    const [kept, why, on] = audio
      ? [this.microphone, this.microphoneMissing, this.microphoneOn]
      : [this.camera, this.cameraMissing, this.cameraOn];
    track.enabled = on.value;
    track.onended = () => {
      if (kept.value === track) [kept.value, why.value] = [null, "absent"];
    };
    [kept.value, why.value] = [track, null];
    if (!audio) this.blurred.value = false;
  }

  /** Again whenever one is plugged in or pulled out. */
  private readonly list = async (): Promise<void> => {
    this.choices.value = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  };

  private trackOf(kind: Kind): MediaStreamTrack | null {
    return kind === "audio" ? this.microphone.value : this.camera.value;
  }
}

function reason(error: unknown): Missing {
  return error instanceof DOMException && error.name === "NotAllowedError" ? "refused" : "absent";
}

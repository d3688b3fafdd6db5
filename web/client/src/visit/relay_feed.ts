/** One other participant over the relay: their two receivers, and whether anything has come yet. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Feed } from "./feed";
import { MEDIA_OF_NOBODY, type MediaStates } from "./media_states";
import type { Path } from "./peer";

const LOOK_MS = 100;

export class RelayFeed implements Feed {
  readonly over = "relay";
  readonly path: ReadonlySignal<Path>;
  readonly picture = signal<MediaStream | null>(null);
  readonly theirs = signal<MediaStates>(MEDIA_OF_NOBODY);
  readonly heldBack = signal(false);
  /** Their picture has come, or their sound where they show none: what was there before may go. */
  readonly arrived = signal(false);
  private receivers: RTCRtpReceiver[] = [];
  private looking: ReturnType<typeof setInterval> | undefined;

  constructor(path: ReadonlySignal<Path>) {
    this.path = computed(() => path.value);
  }

  /** Takes the receivers that the newest description gives them. */
  take(receivers: RTCRtpReceiver[]): void {
    const same = receivers.length === this.receivers.length && receivers.every((one, at) => one === this.receivers[at]);
    if (same) return;
    this.receivers = receivers;
    this.picture.value = new MediaStream(receivers.map((one) => one.track));
    clearInterval(this.looking);
    if (!this.arrived.value) this.looking = setInterval(() => void this.look(), LOOK_MS);
  }

  async stats(): Promise<Record<string, unknown>[]> {
    const reports = await Promise.all(this.receivers.map((one) => one.getStats()));
    return reports.flatMap((report) => [...report.values()]);
  }

  close(): void {
    clearInterval(this.looking);
    this.picture.value = null;
  }

  private async look(): Promise<void> {
    const rows = await this.stats();
    const some = (name: string) => rows.some((row) => typeof row[name] === "number" && (row[name] as number) > 0);
    const { camera, sharing } = this.theirs.value;
    const shown = (camera || sharing) && !this.heldBack.value;
    if (!some(shown ? "framesDecoded" : "packetsReceived")) return;
    this.arrived.value = true;
    clearInterval(this.looking);
  }
}

/** The one sound of the workplace: an immediate contact that nobody has taken, until someone reacts. */
import { signal } from "@preact/signals";

const EVERY_MS = 5_000;
const KEPT = "fyr-sound";
const TONES_HZ = [660, 880];

export const soundOn = signal(localStorage.getItem(KEPT) !== "off");

export function keepSound(on: boolean): void {
  soundOn.value = on;
  localStorage.setItem(KEPT, on ? "on" : "off");
}

export class Alarm {
  /** True when the browser lets no sound out before the page was touched: the screen then says so. */
  readonly blocked = signal(false);
  private context: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** Sounds now and every five seconds until `stop`. */
  start(): void {
    if (this.timer !== undefined) return;
    void this.ring();
    this.timer = setInterval(() => void this.ring(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.blocked.value = false;
  }

  private async ring(): Promise<void> {
    if (!soundOn.value) return;
    this.context ??= new AudioContext();
    if (this.context.state === "suspended") void this.context.resume(); // settles only once the page is touched
    this.blocked.value = this.context.state !== "running";
    if (this.blocked.value) return;
    for (const [index, hertz] of TONES_HZ.entries()) this.tone(hertz, index * 0.18);
  }

  private tone(hertz: number, after_s: number): void {
    const context = this.context;
    if (!context) return;
    const from = context.currentTime + after_s;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(0.15, from + 0.02);
    gain.gain.linearRampToValueAtTime(0, from + 0.16);
    const tone = new OscillatorNode(context, { frequency: hertz });
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(from + 0.17);
  }
}

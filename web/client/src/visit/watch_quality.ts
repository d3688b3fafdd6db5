/** Reads `getStats` once a second and says what a person would notice: a verdict only after it has lasted. */
import { signal } from "@preact/signals";
import type { Measured } from "../wire";
import { isEnough, Lately, measured } from "./enough";
import type { Feed } from "./feed";
import { NO_QUALITY, pictureVerdict, type Quality, qualityOf, soundVerdict, type Verdict } from "./quality";

const EVERY_MS = 1_000;
const LASTING = 3;

export class QualityWatch {
  readonly quality = signal<Quality>(NO_QUALITY);
  readonly sound = signal<Verdict | null>(null);
  readonly picture = signal<Verdict | null>(null);
  private readonly sounds = new Lasting();
  private readonly pictures = new Lasting();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly lately = new Lately();
  private readAt = Date.now();

  /** `changed`: for ten seconds the picture was not enough to judge by it, or is again. */
  constructor(
    private readonly feed: Feed,
    private readonly changed: (enough: boolean, by: Measured) => void,
  ) {
    this.timer = setInterval(() => void this.read(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async read(): Promise<void> {
    const report = await this.feed.stats();
    const before = this.quality.value;
    const now = qualityOf(report);
    this.quality.value = now;
    const passed = Date.now() - this.readAt;
    this.readAt = Date.now();
    if (before === NO_QUALITY || this.feed.path.value !== "connected") return;
    const theirs = this.feed.theirs.value;
    const by = measured(before, now, passed);
    if (this.lately.add(isEnough(by, theirs))) this.changed(this.lately.enough, by);
    this.sound.value = this.sounds.add(soundVerdict(before, now, theirs));
    this.picture.value = this.pictures.add(pictureVerdict(before, now, theirs));
  }
}

/** The newest verdict that came three times in a row, or one the other person chose ("off"), which holds at once. */
class Lasting {
  private said: Verdict | null = null;
  private last: Verdict | null = null;
  private times = 0;

  add(verdict: Verdict): Verdict | null {
    this.times = verdict === this.last ? this.times + 1 : 1;
    this.last = verdict;
    if (this.times >= LASTING || verdict === "off") this.said = verdict;
    return this.said;
  }
}

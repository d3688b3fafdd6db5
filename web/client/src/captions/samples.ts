/** From a microphone's samples to what a recogniser wants: 16,000 a second of 16 bits, in pieces. Pure. */

export const SAMPLE_RATE = 16_000;
/** Samples of one piece: a quarter second, often enough to read along. */
export const PIECE = 4_096;

export class Pieces {
  private readonly step: number;
  private readonly piece = new Int16Array(PIECE);
  private filled = 0;
  private sum = 0;
  private count = 0;
  private due: number;

  /** `rate`: samples a second that come. */
  constructor(
    rate: number,
    private readonly full: (piece: Int16Array) => void,
  ) {
    this.step = rate / SAMPLE_RATE;
    this.due = this.step;
  }

  /** Each sample that goes out is the mean of those it stands for, which also takes away what is too high for it. */
  take(samples: Float32Array): void {
    for (const sample of samples) {
      this.sum += sample;
      this.count += 1;
      for (this.due -= 1; this.due <= 0; this.due += this.step) this.put(this.sum / this.count);
      if (this.due > this.step - 1) this.sum = this.count = 0;
    }
  }

  private put(value: number): void {
    this.piece[this.filled] = Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
    this.filled += 1;
    if (this.filled < PIECE) return;
    this.full(this.piece.slice());
    this.filled = 0;
  }
}

/** A microphone that is off gives nothing but noughts. */
export const isSilent = (piece: Int16Array): boolean => piece.every((sample) => sample === 0);

/** Little endian, whatever the machine is, in base64. */
export function inBase64(piece: Int16Array): string {
  const bytes = new DataView(new ArrayBuffer(piece.length * 2));
  piece.forEach((sample, at) => {
    bytes.setInt16(at * 2, sample, true);
  });
  return btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)));
}

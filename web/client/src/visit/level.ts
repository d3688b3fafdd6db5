/** How loud a microphone is, for the device check: a number the person can see move when they speak. */

const EVERY_MS = 80;

/**
 * Calls `heard` with 0 to 1 about twelve times a second until the returned function is called. A browser that lets nothing
 * sound before a press measures nothing either: until then it is `assumed`.
 */
export function watchLevel(track: MediaStreamTrack, heard: (level: number) => void, assumed = 0): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    heard(context.state === "running" ? loudness(samples) : assumed);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** Root mean square on a scale of 50 decibels: quiet speech already moves the bar. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power + 1e-9);
  return Math.min(1, Math.max(0, (decibels + 50) / 50));
}

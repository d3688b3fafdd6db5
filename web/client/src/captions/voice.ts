/** One's own voice as a recogniser wants it, where the browser can (AudioWorklet). */
import worklet from "./voice_worklet?worker&url";

export const canHear = (): boolean => typeof AudioWorkletNode === "function";

/** Calls `heard` with each piece until the returned function is called. Rejects where the browser would not after all. */
export async function hearVoice(track: MediaStreamTrack, heard: (piece: Int16Array) => void): Promise<() => void> {
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(worklet);
    const node = new AudioWorkletNode(context, "voice", {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: "explicit",
    });
    node.port.onmessage = ({ data }) => heard(data as Int16Array);
    context.createMediaStreamSource(new MediaStream([track])).connect(node);
    await context.resume();
  } catch (error) {
    void context.close();
    throw error;
  }
  return () => void context.close();
}

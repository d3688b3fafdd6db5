/** Runs beside the page's own thread (W3C Web Audio, AudioWorklet): takes a voice as it comes and hands it on in pieces. */
import { Pieces } from "./samples";

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, made: new () => AudioWorkletProcessor): void;

class Voice extends AudioWorkletProcessor {
  private readonly pieces = new Pieces(sampleRate, (piece) => this.port.postMessage(piece, [piece.buffer]));

  process([input]: Float32Array[][]): boolean {
    const samples = input?.[0];
    if (samples) this.pieces.take(samples);
    return true;
  }
}

registerProcessor("voice", Voice);

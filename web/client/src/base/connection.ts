/**
 * The live line to the server. The Socket.IO client is loaded after the page has painted. Knows nothing of contacts:
 * it calls, hears, and says truthfully how the line is.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Socket } from "socket.io-client";
import { noteRefusal } from "../signin/ways";
import type { Calls, Events } from "../wire";
import { mayResend, Refusal, UNREACHABLE } from "./refusal";

export { mayResend, Refusal } from "./refusal";

/** up; down = no line; old = a line, but no head numbers for 12 s: the screen may not be the newest. */
export type Line = "up" | "down" | "old";

export interface Connection {
  /** Waits for the line, sends once. Rejects with a `Refusal`; `unreachable` when no answer came. */
  call<N extends keyof Calls>(name: N, request: Calls[N]["request"]): Promise<Calls[N]["answer"]>;
  /** Like `call`, but sends again until the server has answered: only for requests with a `client_id`. */
  insist<N extends keyof Calls>(name: N, request: Calls[N]["request"]): Promise<Calls[N]["answer"]>;
  on<N extends keyof Events>(name: N, heard: (body: Events[N]) => void): () => void;
  /** Called each time the line is up again (also the first time): the moment to follow anew. */
  onUp(up: () => void): () => void;
  readonly line: ReadonlySignal<Line>;
  /** True while the newest numbers were told within 12 s: what is on the screen is all there is. */
  readonly fresh: ReadonlySignal<boolean>;
  /** The code the server refused the line with, e.g. `not_signed_in`. */
  readonly refused: ReadonlySignal<string | null>;
  /** Greets the server anew, with the cookies of now: after signing in. */
  reconnect(): void;
  close(): void;
}

type Answer<T> = { ok: T } | { error: { code: string; data?: Record<string, unknown> } };

const ANSWER_MS = 10_000;
const OLD_MS = 12_000;
const GIVE_UP_MS = 5_000;
const RETRY_MS = 3_000;
const CHECK_EVERY_MS = 1_000;

/** `query`: as whom one comes, where that is not the session's person. */
export function connect(query: Record<string, string> = {}): Connection {
  return new SocketConnection(query);
}

class SocketConnection implements Connection {
  readonly line = signal<Line>("down");
  readonly fresh = signal(false);
  readonly refused = signal<string | null>(null);
  private readonly listeners = new Map<string, Set<(body: never) => void>>();
  private readonly ups = new Set<() => void>();
  private readonly socket: Promise<Socket>;
  /** When the newest numbers were last told, or the line came up; when it was found to be old. */
  private toldAt = 0;
  private oldSince = 0;
  private readonly watch: ReturnType<typeof setInterval>;
  private closed = false;

  constructor(private readonly query: Record<string, string>) {
    this.socket = this.open();
    // By the clock on the wall: a phone that has slept must not wake up with a green light.
    this.watch = setInterval(() => this.check(), CHECK_EVERY_MS);
    document.addEventListener("visibilitychange", () => this.check());
  }

  async call<N extends keyof Calls>(name: N, request: Calls[N]["request"]): Promise<Calls[N]["answer"]> {
    const socket = await this.up();
    const answer = await answerTo<Calls[N]["answer"]>(socket, name, request);
    if ("error" in answer) throw this.refusal(answer.error);
    if (name.endsWith(":follow")) this.told();
    return answer.ok;
  }

  async insist<N extends keyof Calls>(name: N, request: Calls[N]["request"]): Promise<Calls[N]["answer"]> {
    for (;;) {
      try {
        return await this.call(name, request);
      } catch (error) {
        if (this.closed || !mayResend(error)) throw error;
      }
      if (this.line.value === "down") continue; // `call` waits for the line, and somebody for us
      await new Promise((later) => setTimeout(later, RETRY_MS));
    }
  }

  on<N extends keyof Events>(name: N, heard: (body: Events[N]) => void): () => void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known.add(heard as (body: never) => void));
    return () => known.delete(heard as (body: never) => void);
  }

  onUp(up: () => void): () => void {
    this.ups.add(up);
    if (this.line.value !== "down") up();
    return () => this.ups.delete(up);
  }

  reconnect(): void {
    this.refused.value = null;
    void this.socket.then((socket) => socket.disconnect().connect());
  }

  close(): void {
    this.closed = true;
    clearInterval(this.watch);
    void this.socket.then((socket) => socket.disconnect());
  }

  private async open(): Promise<Socket> {
    const { io } = await this.library();
    const socket = io({ transports: ["websocket", "polling"], reconnectionDelayMax: 5_000, query: this.query });
    socket.on("connect", () => this.cameUp());
    socket.on("disconnect", (reason) => this.wentDown(socket, reason === "io server disconnect"));
    socket.on("connect_error", (error) => this.notLetIn(socket, error.message));
    socket.onAny((name: string, body: unknown) => this.heard(name, body));
    return socket;
  }

  /** The page may be opened where the library cannot be fetched yet. */
  private async library(): Promise<typeof import("socket.io-client")> {
    for (;;) {
      const found = await import("socket.io-client").catch(() => null);
      if (found) return found;
      await new Promise((later) => setTimeout(later, RETRY_MS));
    }
  }

  private async up(): Promise<Socket> {
    const socket = await this.socket;
    while (!socket.connected) {
      if (this.closed) throw new Refusal(UNREACHABLE);
      await new Promise<void>((done) => socket.once("connect", done));
    }
    return socket;
  }

  private refusal(error: { code: string; data?: Record<string, unknown> }): Refusal {
    if (error.code === "not_signed_in") this.refused.value = error.code;
    return noteRefusal(new Refusal(error.code, error.data));
  }

  private heard(name: string, body: unknown): void {
    if (name === "heads") this.told();
    for (const listener of this.listeners.get(name) ?? []) listener(body as never);
  }

  private told(): void {
    this.toldAt = Date.now();
    this.fresh.value = true;
    if (this.line.value === "old") this.line.value = "up";
  }

  /** A line that looks up but says nothing, as after a phone has slept: told at once, and soon begun anew. */
  private check(): void {
    const now = Date.now();
    if (this.line.value === "up" && now - this.toldAt > OLD_MS) {
      this.fresh.value = false;
      this.line.value = "old";
      this.oldSince = now;
    } else if (this.line.value === "old" && now - this.oldSince > GIVE_UP_MS) {
      this.oldSince = now;
      this.reconnect();
    }
  }

  private cameUp(): void {
    this.refused.value = null;
    this.toldAt = Date.now();
    this.line.value = "up";
    for (const up of this.ups) up();
  }

  private wentDown(socket: Socket, byServer: boolean): void {
    this.wentDark();
    if (byServer) this.tryLater(socket); // then the library does not reconnect by itself
  }

  private wentDark(): void {
    this.fresh.value = false;
    this.line.value = "down";
  }

  private notLetIn(socket: Socket, code: string): void {
    this.wentDark();
    if (socket.active) return;
    this.refused.value = code;
    this.tryLater(socket);
  }

  private tryLater(socket: Socket): void {
    setTimeout(() => {
      if (!this.closed) socket.connect();
    }, RETRY_MS);
  }
}

/** One acknowledged call; a line that breaks before the answer counts as no answer. */
function answerTo<T>(socket: Socket, name: string, request: unknown): Promise<Answer<T>> {
  return new Promise((resolve, reject) => {
    const broken = () => reject(new Refusal(UNREACHABLE));
    socket.once("disconnect", broken);
    socket.timeout(ANSWER_MS).emit(name, request, (late: Error | null, answer: Answer<T>) => {
      socket.off("disconnect", broken);
      if (late) broken();
      else resolve(answer);
    });
  });
}

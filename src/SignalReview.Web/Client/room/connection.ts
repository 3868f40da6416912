import { type HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";

/**
 * Seconds between tries: as long as a server needs to start again nobody waits more than two, so that a room is whole soon after it is back; then
 * patient, and never all browsers at once.
 */
const Waits = [0, 0.5, 1, 1, ...Array.from({ length: 20 }, () => 1.5), 3, 5, 8, 15];

/** Milliseconds after which an answer is not waited for any longer; the same is asked again, which does no harm. */
const Patience = [2000, 4000, 8000, 15000];

/** "expired": this browser is no longer signed in. */
export type State = "connecting" | "connected" | "away" | "ended" | "expired";

/** What the room wants to know of its connection. */
export interface Listener {
  state(state: State): void;

  /** The room is heard from now on; `seq` is where the case is. */
  joined(seq: number, drafts: readonly Draft[]): void;

  /** Something has happened in the case; `seq` is where it now is. */
  news(seq: number): void;

  /** Who looks at the room now, and who has it open without looking or was there a moment ago: their ids. */
  present(here: readonly string[], away: readonly string[]): void;

  /** A colleague is typing, or no longer. */
  typing(id: string, name: string, ended: boolean): void;
}

/** What this person was writing, as the server keeps it. */
export interface Draft {
  readonly kind: string;
  readonly revision: number;
  readonly content: { readonly forms?: Record<string, Record<string, string[]>> };
}

export interface SavedDraft {
  readonly outcome: "saved" | "outdated" | "notYours" | "tooLarge";
  readonly revision: number;
  readonly newer: Draft | null;
}

interface Person {
  readonly id: string;
  readonly name: string;
}

interface Answer {
  readonly seq: number;
  readonly refusal: { readonly code: string } | null;
}

interface JoinAnswer extends Answer {
  readonly present: readonly Person[];
  readonly away: readonly Person[];
  readonly drafts: readonly Draft[];
}

/**
 * The line to /hubs/room. It joins again by itself after every loss, telling the last sequence number it knows. A number that skips one, or one
 * that is said again and was never heard, means that something was missed; reading the page anew mends that.
 */
export class RoomConnection {
  readonly #hub: HubConnection;
  readonly #caseId: string;
  readonly #listener: Listener;
  #seq: number;
  #presence = 0;
  #connecting = false;
  #joining = false;
  #ended = false;
  #expired = false;

  constructor(caseId: string, seq: number, listener: Listener) {
    this.#caseId = caseId;
    this.#seq = seq;
    this.#listener = listener;
    this.#hub = new HubConnectionBuilder()
      .withUrl("/hubs/room")
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => this.#next(retry.previousRetryCount, retry.retryReason) })
      .configureLogging(LogLevel.Warning)
      .build();
    this.#listen();
  }

  get isConnected(): boolean {
    return this.#hub.state === HubConnectionState.Connected;
  }

  async start(): Promise<void> {
    window.addEventListener("offline", this.#wentOffline);
    document.addEventListener("visibilitychange", this.#looks);
    this.#listener.state("connecting");
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#ended = true;
    window.removeEventListener("offline", this.#wentOffline);
    document.removeEventListener("visibilitychange", this.#looks);
    await this.#hub.stop();
  }

  /** Tells the others that one is typing, or no longer; nothing depends on it. */
  typing(ended: boolean): void {
    this.#mention(ended ? "TypingEnded" : "Typing", this.#caseId);
  }

  /** @returns Whether the server has done it; false is a refusal. Throws when the line was lost on the way. */
  async send(method: string, command: Record<string, unknown>): Promise<boolean> {
    const answer = await this.#ask<Answer>(0, method, this.#caseId, command);
    return answer.refusal === null;
  }

  /** Throws when there is no line; what is in this browser is kept all the same. */
  saveDraft(kind: string, content: object, revision: number): Promise<SavedDraft> {
    return this.#ask<SavedDraft>(1, "SaveDraft", this.#caseId, kind, content, revision);
  }

  /** A call whose answer does not come back within its time: a lost line is noticed late, and the server does the same command once. */
  async #ask<T>(tries: number, method: string, ...values: unknown[]): Promise<T> {
    let timer = 0;
    const late = new Promise<never>((_, reject) => {
      timer = window.setTimeout(() => reject(new LateError(method)), Patience[Math.min(tries, Patience.length - 1)]);
    });
    try {
      return await Promise.race([this.#hub.invoke<T>(method, ...values), late]);
    } catch (error) {
      if (error instanceof LateError && this.isConnected && tries < Patience.length) {
        return await this.#ask<T>(tries + 1, method, ...values);
      }

      throw error;
    } finally {
      window.clearTimeout(timer);
    }
  }

  #mention(method: string, ...values: unknown[]): void {
    if (this.isConnected) {
      this.#hub.send(method, ...values).catch(() => undefined);
    }
  }

  async #connect(): Promise<void> {
    if (this.#connecting) {
      return;
    }

    this.#connecting = true;
    for (let tries = 1; !this.#ended; tries++) {
      try {
        await this.#hub.start();
        await this.#join();
        break;
      } catch (error) {
        if (this.#noticeExpiry(error)) {
          break;
        }

        // Not there yet, or lost again while joining.
        this.#listener.state("away");
        await this.#hub.stop();
        await online(wait(tries));
      }
    }

    this.#connecting = false;
  }

  /** A browser keeps a dead line open for half a minute; that the network is gone it knows at once. */
  readonly #wentOffline = (): void => {
    void this.#hub.stop().then(() => this.#connect());
  };

  /** Who looks at another tab, or has locked the phone, is away. */
  readonly #looks = (): void => this.#mention("Look", this.#caseId, document.visibilityState === "visible");

  #listen(): void {
    this.#hub.on("CaseChanged", (changed: { seq: number }) => this.#heard(changed.seq));
    this.#hub.on("CaseAt", (at: { seq: number }) => this.#heard(at.seq));
    this.#hub.on("PresenceChanged", (presence: { number: number; present: readonly Person[]; away: readonly Person[] }) => {
      if (presence.number > this.#presence) {
        this.#presence = presence.number;
        this.#tellPresent(presence);
      }
    });
    this.#hub.on("MessageSaid", () => undefined); // its change is told too, and the page shows it
    this.#hub.on("MessageChanged", () => undefined);
    this.#hub.on("SomebodyTypes", (typing: { by: Person; ended: boolean }) => this.#listener.typing(typing.by.id, typing.by.name, typing.ended));
    this.#hub.on("AccessEnded", () => {
      this.#listener.state("ended");
      void this.stop();
    });
    this.#hub.onreconnecting(() => this.#listener.state("away"));
    this.#hub.onreconnected(() => this.#rejoin());
    this.#hub.onclose(() => {
      if (!this.#ended && !this.#expired) {
        this.#listener.state("away");
      }
    });
  }

  /** Whatever was skipped on the way: the page as it is now holds it. Said again it is told again: reading the page may have failed. */
  #heard(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
    this.#listener.news(seq);
  }

  #tellPresent(presence: { present: readonly Person[]; away: readonly Person[] }): void {
    const ids = (people: readonly Person[]): string[] => people.map((person) => person.id);
    this.#listener.present(ids(presence.present), ids(presence.away));
  }

  async #join(): Promise<void> {
    this.#joining = true;
    try {
      const answer = await this.#ask<JoinAnswer>(0, "Join", this.#caseId, this.#seq);
      if (answer.refusal?.code === "busy") {
        throw new Error(answer.refusal.code);
      }

      if (answer.refusal !== null) {
        this.#listener.state("ended");
        await this.stop();
        return;
      }

      this.#seq = Math.max(this.#seq, answer.seq);
      this.#presence = 0; // another node, or the same one started again, counts anew
      if (document.visibilityState !== "visible") {
        this.#looks();
      }

      this.#listener.state("connected");
      this.#tellPresent(answer);
      this.#listener.joined(answer.seq, answer.drafts);
    } finally {
      this.#joining = false;
    }
  }

  async #rejoin(): Promise<void> {
    for (let tries = 1; !this.#ended && !this.#joining && this.isConnected; tries++) {
      try {
        await this.#join();
        return;
      } catch {
        this.#listener.state("away"); // lost again: reconnecting goes on by itself; or the server is busy
        await online(wait(tries));
      }
    }
  }

  #next(tries: number, reason: unknown): number | null {
    return this.#noticeExpiry(reason) ? null : wait(tries);
  }

  /** The sign-in has run out: trying again would be refused for ever. */
  #noticeExpiry(reason: unknown): boolean {
    if (!this.#expired && reason instanceof Error && /Status code '40[13]'/.test(reason.message)) {
      this.#expired = true;
      this.#listener.state("expired");
    }

    return this.#expired;
  }
}

class LateError extends Error {}

/** Resolves after so many milliseconds, or as soon as the network is back. */
function online(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, milliseconds);
    window.addEventListener(
      "online",
      () => {
        window.clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

function wait(tries: number): number {
  const seconds = Waits[Math.min(tries, Waits.length - 1)] ?? 15;
  return seconds * 1000 * (0.75 + Math.random() / 2);
}

import { type HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";

/** Seconds between tries: soon at first, then patient, and never all browsers at once. */
const Waits = [0, 1, 2, 4, 8, 15];

export type State = "connecting" | "connected" | "away" | "ended";

/** What the room wants to know of its connection. */
export interface Listener {
  state(state: State): void;

  /** The room is heard from now on; `seq` is where the case is. */
  joined(seq: number): void;

  /** Something has happened in the case; `seq` is where it now is. */
  news(seq: number): void;

  /** Who is here now: their ids. */
  present(people: readonly string[]): void;

  /** A colleague is typing. */
  typing(name: string): void;
}

interface Person {
  readonly id: string;
  readonly name: string;
}

interface Answer {
  readonly seq: number;
  readonly refusal: unknown;
}

interface JoinAnswer extends Answer {
  readonly present: readonly Person[];
}

/**
 * The line to /hubs/room. It joins again by itself after every loss, telling the last sequence number it knows; a number that skips one means
 * that something was missed, which the same joining mends.
 */
export class RoomConnection {
  readonly #hub: HubConnection;
  readonly #caseId: string;
  readonly #listener: Listener;
  #seq: number;
  #presence = 0;
  #connecting = false;
  #ended = false;

  constructor(caseId: string, seq: number, listener: Listener) {
    this.#caseId = caseId;
    this.#seq = seq;
    this.#listener = listener;
    this.#hub = new HubConnectionBuilder()
      .withUrl("/hubs/room")
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => wait(retry.previousRetryCount) })
      .configureLogging(LogLevel.Warning)
      .build();
    this.#listen();
  }

  get isConnected(): boolean {
    return this.#hub.state === HubConnectionState.Connected;
  }

  async start(): Promise<void> {
    window.addEventListener("offline", this.#wentOffline);
    this.#listener.state("connecting");
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#ended = true;
    window.removeEventListener("offline", this.#wentOffline);
    await this.#hub.stop();
  }

  /** Tells the others that one is typing; nothing depends on it. */
  typing(): void {
    if (this.isConnected) {
      this.#hub.send("Typing", this.#caseId).catch(() => undefined);
    }
  }

  /** @returns Whether the server has done it; false is a refusal. Throws when the line was lost on the way. */
  async send(method: string, command: Record<string, unknown>): Promise<boolean> {
    const answer = await this.#hub.invoke<Answer>(method, this.#caseId, command);
    return answer.refusal === null;
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
      } catch {
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

  #listen(): void {
    this.#hub.on("CaseChanged", (changed: { seq: number }) => this.#changed(changed.seq));
    this.#hub.on("PresenceChanged", (presence: { number: number; present: readonly Person[] }) => {
      if (presence.number > this.#presence) {
        this.#presence = presence.number;
        this.#listener.present(presence.present.map((person) => person.id));
      }
    });
    this.#hub.on("MessageSaid", () => undefined); // its change is told too, and the page shows it
    this.#hub.on("MessageChanged", () => undefined);
    this.#hub.on("SomebodyTypes", (typing: { by: Person }) => this.#listener.typing(typing.by.name));
    this.#hub.on("AccessEnded", () => {
      this.#listener.state("ended");
      void this.stop();
    });
    this.#hub.onreconnecting(() => this.#listener.state("away"));
    this.#hub.onreconnected(() => this.#rejoin());
    this.#hub.onclose(() => {
      if (!this.#ended) {
        this.#listener.state("away");
      }
    });
  }

  #changed(seq: number): void {
    if (seq > this.#seq + 1) {
      void this.#rejoin(); // something was missed
    } else if (seq > this.#seq) {
      this.#seq = seq;
      this.#listener.news(seq);
    }
  }

  async #join(): Promise<void> {
    const answer = await this.#hub.invoke<JoinAnswer>("Join", this.#caseId, this.#seq);
    if (answer.refusal !== null) {
      this.#listener.state("ended");
      await this.stop();
      return;
    }

    this.#seq = Math.max(this.#seq, answer.seq);
    this.#presence = 0; // another node, or the same one started again, counts anew
    this.#listener.state("connected");
    this.#listener.present(answer.present.map((person) => person.id));
    this.#listener.joined(answer.seq);
  }

  async #rejoin(): Promise<void> {
    try {
      await this.#join();
    } catch {
      this.#listener.state("away"); // lost again: reconnecting goes on by itself
    }
  }
}

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

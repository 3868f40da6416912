/** Counts down to the end of the phase, by the server's clock: this computer's may be wrong. */
export class RoomClock {
  readonly #root: HTMLElement;
  readonly #tell: (text: string) => void;
  #ahead = 0;
  #timer = 0;
  #before = Number.POSITIVE_INFINITY;

  constructor(root: HTMLElement, tell: (text: string) => void) {
    this.#root = root;
    this.#tell = tell;
  }

  start(serverNow: string | null): void {
    this.set(serverNow);
    window.clearInterval(this.#timer);
    this.#timer = window.setInterval(() => this.show(), 1000);
    this.show();
  }

  stop(): void {
    window.clearInterval(this.#timer);
  }

  set(serverNow: string | null): void {
    if (serverNow !== null) {
      this.#ahead = Date.parse(serverNow) - Date.now();
    }
  }

  show(): void {
    const clock = this.#root.querySelector<HTMLElement>("[data-clock]");
    if (clock === null) {
      this.#before = Number.POSITIVE_INFINITY;
      return;
    }

    const left = Math.round((Date.parse(clock.dataset["clock"] ?? "") - Date.now() - this.#ahead) / 1000);
    const text = left > 0 ? (this.#root.getAttribute("text-left") ?? "").replace("{0}", inWords(left)) : (this.#root.getAttribute("text-over") ?? "");
    clock.hidden = false;
    if (clock.textContent !== text) {
      clock.textContent = text;
    }

    // Out loud only twice: a minute before the end, and at the end.
    if ((this.#before > 60 && left <= 60 && left > 0 && this.#before !== Number.POSITIVE_INFINITY) || (this.#before > 0 && left <= 0 && this.#before !== Number.POSITIVE_INFINITY)) {
      this.#tell(text);
    }

    this.#before = left;
  }
}

function inWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

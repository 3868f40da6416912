import { RoomClock } from "./clock";
import { swapRegions } from "./regions";

/** Longer without a word than this and the line is dead; the server speaks every ten seconds. */
const Silence = 25_000;

/**
 * Keeps the screen for the wall as the room is. The server says only that there is something new; the page is then read anew, so this script
 * never holds more than the screen shows.
 */
export class WallLive extends HTMLElement {
  #clock: RoomClock | null = null;
  #news: EventSource | null = null;
  #shown = 0;
  #heard = 0;
  #timer = 0;
  #refreshing = false;
  #again = false;

  connectedCallback(): void {
    this.#clock = new RoomClock(this, () => undefined);
    this.#clock.start(this.getAttribute("now"));
    this.#shown = Number(this.getAttribute("seq"));
    this.#listen();
    this.#timer = window.setInterval(() => this.#watch(), 5000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer);
    this.#clock?.stop();
    this.#news?.close();
  }

  #listen(): void {
    this.#news?.close();
    this.#heard = Date.now();
    const news = new EventSource(`${location.pathname}/news`);
    news.addEventListener("seq", (event) => {
      this.#heard = Date.now();
      this.#say("connected");
      if (Number(event.data) !== this.#shown) {
        void this.#refresh();
      }
    });
    news.addEventListener("error", () => {
      this.#say("away");
      if (news.readyState === EventSource.CLOSED) {
        void this.#refresh(); // the server says whether there is still a wall for this person
      }
    });
    this.#news = news;
  }

  #watch(): void {
    if (Date.now() - this.#heard > Silence || this.#news?.readyState === EventSource.CLOSED) {
      this.#say("away");
      this.#listen();
    }
  }

  async #refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return;
    }

    this.#refreshing = true;
    try {
      do {
        this.#again = false;
        const response = await fetch(location.pathname, { headers: { Accept: "text/html", "X-Room-Refresh": "1" } });
        if (response.status >= 500) {
          return; // the next word tries again
        }

        if (!response.ok || response.redirected) {
          location.reload(); // signed out, or no longer leading: the server says so
          return;
        }

        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.querySelector("wall-live");
        swapRegions(this, page);
        this.#shown = Number(fresh?.getAttribute("seq") ?? 0);
        this.#clock?.set(fresh?.getAttribute("now") ?? null);
        this.#clock?.show();
      } while (this.#again);
    } catch {
      this.#say("away"); // lost on the way; the next word tries again
    } finally {
      this.#refreshing = false;
    }
  }

  #say(state: "connected" | "away"): void {
    const line = this.querySelector<HTMLElement>("[data-connection]");
    const text = this.getAttribute(`text-${state}`) ?? "";
    if (line !== null && line.textContent !== text) {
      line.textContent = text;
    }

    line?.parentElement?.setAttribute("data-state", state);
  }
}

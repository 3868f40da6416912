import { RoomClock } from "./clock";
import { commandOf, newCommandId } from "./commands";
import { type Draft, RoomConnection, type State } from "./connection";
import { Drafts } from "./drafts";
import { swapRegions } from "./regions";
import { TypingLine } from "./typing";

/**
 * Makes the room live. The page inside works without it: forms post and the page is read anew. With it, what others do shows by itself, what is
 * said goes over the line, and what was typed is kept while the line is away.
 */
export class RoomLive extends HTMLElement {
  readonly #waiting = new Set<HTMLFormElement>();
  #clock: RoomClock | null = null;
  #connection: RoomConnection | null = null;
  #drafts: Drafts | null = null;
  #here: readonly string[] | null = null;
  #away: readonly string[] = [];
  #typers = new TypingLine(this);
  #refreshing: Promise<void> | null = null;
  #again = false;
  #shown = 0;
  #asked = 0; // the number for which the page is being read
  #state: State = "connecting";
  #typed = 0;
  #typing = 0; // the timer after which this person's own typing has ended
  #aborted = new AbortController();

  connectedCallback(): void {
    this.#aborted = new AbortController();
    const signal = this.#aborted.signal;
    this.#drafts = new Drafts(this, this.#text("person"), this.#text("case-id"), (kind, content, revision) =>
      this.#connection?.isConnected === true ? this.#connection.saveDraft(kind, content, revision) : Promise.reject(new Error("no line")),
    );
    this.#forgetDone();
    this.#drafts.restore();
    this.#clock = new RoomClock(this, (text) => this.#announce([text]));
    this.#clock.start(this.getAttribute("now"));
    this.addEventListener("input", (event) => this.#keep(event.target), { signal });
    this.addEventListener("submit", (event) => void this.#submit(event), { signal });
    this.addEventListener("form-added", () => this.#drafts?.restore(), { signal });
    window.addEventListener("hashchange", () => this.#openSheet(), { signal });
    document.addEventListener("keydown", (event) => this.#closeSheet(event), { signal });
    this.#shown = Number(this.#text("seq"));
    if (this.hasAttribute("live")) {
      this.#connection = new RoomConnection(this.#text("case-id"), this.#shown, {
        state: (state) => this.#show(state),
        joined: (seq, drafts) => void this.#catchUp(seq, drafts),
        news: (seq) => void this.#hear(seq),
        present: (here, away) => this.#showPresent(here, away),
        typing: (id, name, ended) => this.#typers.show(id, name, ended),
      });
      void this.#connection.start();
    }
  }

  disconnectedCallback(): void {
    this.#aborted.abort();
    this.#clock?.stop();
    void this.#connection?.stop();
  }

  /** What the page shows already is old news, and what it is being read for comes with it. A number is said again, so a reading that failed is made good. */
  async #hear(seq: number): Promise<void> {
    if (seq <= this.#shown) {
      return;
    }

    try {
      if (this.#refreshing !== null && seq <= this.#asked) {
        await this.#refreshing;
      } else {
        this.#asked = seq;
        await this.refresh();
      }
    } catch {
      // The server is away; joining again, or the next time the number is said, reads it.
    }
  }

  /** Reads the page as it is now and swaps what has changed. One at a time; what happens meanwhile is read right after. */
  refresh(): Promise<void> {
    if (this.#refreshing !== null) {
      this.#again = true;
      return this.#refreshing;
    }

    this.#refreshing = this.#refreshAll().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshAll(): Promise<void> {
    do {
      this.#again = false;
      const response = await fetch(location.pathname, { headers: { Accept: "text/html", "X-Room-Refresh": "1" } });
      if (!response.ok || response.redirected) {
        location.reload(); // signed out, or no longer in the case: the server says so
        return;
      }

      this.#swap(new DOMParser().parseFromString(await response.text(), "text/html"));
    } while (this.#again);
  }

  #swap(page: Document): void {
    const changes = swapRegions(this, page);
    const room = page.querySelector("room-live");
    this.#shown = Number(room?.getAttribute("seq") ?? 0);
    this.#clock?.set(room?.getAttribute("now") ?? null);
    this.#clock?.show();
    if (changes.length > 0) {
      if (changes.some((change) => change.name === "head")) {
        document.querySelector("main .utrecht-alert--ok[role=status]")?.remove(); // what was just done is no longer what just happened
      }

      this.#drafts?.restore();
      this.#showPresent();
      this.#hideJoin();
      this.#announce(changes.filter((change) => !change.own).map((change) => change.say));
    }
  }

  async #submit(event: SubmitEvent): Promise<void> {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["hub"] === undefined) {
      return; // the plain form does it
    }

    if (this.#connection?.isConnected !== true && this.#state !== "away") {
      return; // there never was a line: the plain form does it
    }

    const command = commandOf(form);
    if (command === null) {
      return;
    }

    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") {
      return;
    }

    form.setAttribute("aria-busy", "true");
    if (this.#state === "away") {
      await this.#sendWithoutLine(form);
    } else {
      await this.#send(form, command);
    }
  }

  /** The line is away. When the server is there all the same the plain form does it; otherwise that would end on the browser's own error page, so it waits. */
  async #sendWithoutLine(form: HTMLFormElement): Promise<void> {
    this.#waiting.add(form);
    this.#note(form, this.#text("text-sending"));
    try {
      await fetch("/health/live", { cache: "no-store" });
    } catch {
      return;
    }

    if (this.#waiting.delete(form)) {
      form.submit(); // not sent meanwhile by the line that came back
    }
  }

  async #send(form: HTMLFormElement, command: Record<string, unknown>): Promise<void> {
    const connection = this.#connection;
    if (connection === null) {
      return;
    }

    try {
      if (await connection.send(form.dataset["hub"] ?? "", command)) {
        await this.#sent(form);
      } else {
        form.submit(); // refused: the page says why, and keeps what was typed
      }
    } catch {
      if (connection.isConnected) {
        form.submit();
      } else {
        // Lost on the way: perhaps done, perhaps not. The same command is sent again, and the server does it once.
        this.#waiting.add(form);
        this.#note(form, this.#text("text-sending"));
      }
    }
  }

  async #sent(form: HTMLFormElement): Promise<void> {
    this.#drafts?.forget(form);
    this.#stopsTyping();
    this.#note(form, "");
    form.removeAttribute("aria-busy");
    form.reset();
    for (const area of form.querySelectorAll("textarea")) {
      area.value = "";
    }

    newCommandId(form);
    await this.refresh();
  }

  #show(state: State): void {
    this.#state = state;
    const line = this.querySelector<HTMLElement>("[data-connection]");
    const text = line?.querySelector("[data-connection-text]");
    if (line === null || text === null || text === undefined) {
      return;
    }

    line.dataset["state"] = state;
    text.textContent = this.#text(`text-${state}`);
    line.querySelector<HTMLElement>("[data-refresh]")?.toggleAttribute("hidden", state === "connecting" || state === "connected");
    this.#hideJoin();
    if (state === "away") {
      this.#showPresent([], []);
    } else if (state === "expired") {
      location.reload(); // signing in again leads back here; what was typed is kept for this person
    } else if (state === "ended") {
      this.#drafts?.forget("");
      location.reload(); // the server says what is left to see
    }
  }

  /** After a loss: see what was missed, and send what was on its way. */
  async #catchUp(seq: number, drafts: readonly Draft[]): Promise<void> {
    await this.#hear(seq);
    this.#drafts?.merge(drafts);
    for (const form of [...this.#waiting]) {
      this.#waiting.delete(form);
      const command = commandOf(form);
      if (form.isConnected && command !== null) {
        await this.#send(form, command);
      }
    }
  }

  #showPresent(here?: readonly string[], away?: readonly string[]): void {
    if (here !== undefined && away !== undefined) {
      this.#here = here;
      this.#away = away;
      this.#typers.keep(here);
    }

    for (const member of this.querySelectorAll<HTMLElement>("[data-person]")) {
      const word = member.querySelector<HTMLElement>("[data-presence]");
      const person = member.dataset["person"] ?? "";
      if (word === null) {
        continue;
      }

      word.dataset["before"] ??= word.textContent ?? "";
      const isHere = this.#here?.includes(person) === true;
      const isAway = !isHere && this.#away.includes(person);
      member.toggleAttribute("data-here", isHere);
      member.toggleAttribute("data-away", isAway);
      word.textContent = isHere ? this.#text("text-here") : isAway ? this.#text("text-gone") : word.dataset["before"];
    }
  }

  /** The line joins by itself. */
  #hideJoin(): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-without-script]")) {
      part.hidden = this.#connection?.isConnected === true;
    }
  }

  #announce(texts: readonly (string | null)[]): void {
    const said = texts.filter((text): text is string => text !== null && text !== "").join(" ");
    const line = this.querySelector("[data-announce]");
    if (line !== null && said !== "") {
      line.textContent = said;
    }
  }

  #note(form: HTMLFormElement, text: string): void {
    const note = form.querySelector<HTMLElement>("[data-sending]");
    if (note !== null) {
      note.hidden = text === "";
      note.textContent = text;
    }
  }

  #keep(target: EventTarget | null): void {
    const form = target instanceof Element ? target.closest("form") : null;
    if (form !== null) {
      this.#drafts?.save(form);
    }

    if (form?.dataset["hub"] === "Say" && target instanceof HTMLTextAreaElement) {
      this.#types(target.value !== "");
    }
  }

  #types(something: boolean): void {
    if (!something) {
      this.#stopsTyping();
      return;
    }

    window.clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#stopsTyping(), 4000);
    if (Date.now() - this.#typed > 2000) {
      this.#typed = Date.now();
      this.#connection?.typing(false);
    }
  }

  #stopsTyping(): void {
    window.clearTimeout(this.#typing);
    if (this.#typed > 0) {
      this.#typed = 0;
      this.#connection?.typing(true);
    }
  }

  /** The address says what a form has just done; said once, so that a reload forgets nothing new. */
  #forgetDone(): void {
    const done = this.getAttribute("done");
    if (done !== null) {
      this.#drafts?.forget(done);
      history.replaceState(history.state, "", location.pathname + location.hash);
    }
  }

  #openSheet(): void {
    if (location.hash === "#ballot") {
      document.getElementById("ballot")?.focus();
    }
  }

  #closeSheet(event: KeyboardEvent): void {
    if (event.key === "Escape" && location.hash === "#ballot") {
      location.hash = "#talk";
      document.getElementById("talk")?.focus();
    }
  }

  #text(name: string): string {
    return this.getAttribute(name) ?? "";
  }
}

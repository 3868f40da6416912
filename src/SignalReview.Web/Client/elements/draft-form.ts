/**
 * Saves the form inside it while somebody types, and says so quietly. The form works without this: it posts to its own page.
 * What could not be sent stays in this tab's session storage and is put back when the page is opened again.
 */

interface Warning {
  readonly path: string;
  readonly message: string;
  readonly words: string;
  readonly replacement: string;
  readonly action: string;
}

interface Answer {
  readonly outcome: "saved" | "conflict" | "unlawful" | "unreadable" | "tooLarge" | "gone" | "busy";
  readonly madeFrom: string | null;
  readonly savedAt: string | null;
  readonly stored: Readonly<Record<string, string>> | null;
  readonly warnings: readonly Warning[];
}

type Entry = readonly [name: string, value: string];

/** What waits in this tab until it can be sent. */
interface Kept {
  readonly madeFrom: string;
  readonly inDoubt: string[];
  readonly entries: Entry[];
}

const pauseBeforeSave = 1200;
const pauseBeforeRetry = 10_000;
const ownFields = new Set(["madeFrom", "go"]);

class DraftForm extends HTMLElement {
  private form: HTMLFormElement | null = null;
  private status: HTMLElement | null = null;
  private timer: number | undefined;
  private saving: Promise<boolean> | null = null;
  private lastSent = "";
  /** Sent, and no answer came: it may have been saved all the same. */
  private inDoubt: string[] = [];
  private stopped = false;
  private leaving = false;
  /** The browser has asked for another page, perhaps this one anew, and this one still takes answers. */
  private unloading = false;

  private readonly onInput = (): void => {
    this.unloading = false; // it was a download, or was called off
    this.schedule(pauseBeforeSave);
  };
  private readonly onBeforeUnload = (): void => {
    this.unloading = true;
  };
  private readonly onHide = (): void => {
    if (document.visibilityState === "hidden") {
      void this.save();
    }
  };
  private readonly onOnline = (): void => this.schedule(0);
  private readonly onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) {
      location.reload(); // brought back from memory: what is stored has moved on
    }
  };

  connectedCallback(): void {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    if (this.form === null) {
      return;
    }

    this.lastSent = this.contents();
    this.restore();
    this.form.addEventListener("input", this.onInput);
    this.form.addEventListener("change", this.onInput);
    this.form.addEventListener("submit", this.onSubmit);
    document.addEventListener("visibilitychange", this.onHide);
    window.addEventListener("online", this.onOnline);
    window.addEventListener("pageshow", this.onPageShow);
    window.addEventListener("beforeunload", this.onBeforeUnload);
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.timer);
    this.form?.removeEventListener("input", this.onInput);
    this.form?.removeEventListener("change", this.onInput);
    this.form?.removeEventListener("submit", this.onSubmit);
    document.removeEventListener("visibilitychange", this.onHide);
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("pageshow", this.onPageShow);
    window.removeEventListener("beforeunload", this.onBeforeUnload);
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    window.clearTimeout(this.timer);
    if (this.leaving || (this.saving === null && this.inDoubt.length === 0 && !this.stopped)) {
      return; // the plain form post takes over
    }

    // A save whose answer is not in yet would make the form look outdated by its own doing: settle that first.
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    void this.settle().then((settled) => {
      if (settled) {
        if (this.stopped) {
          this.leaving = true;
          sessionStorage.removeItem(this.key); // the page that comes shows both versions
        }

        this.form?.requestSubmit(submitter);
      }
    });
  };

  private async settle(): Promise<boolean> {
    if (this.saving !== null) {
      await this.saving;
    }

    if (this.stopped) {
      this.stopped = false; // asked once more: the answer also says that the server is there
      return this.save(true);
    }

    return this.inDoubt.length === 0 || (await this.save(true));
  }

  private schedule(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), pause);
  }

  private async save(again = false): Promise<boolean> {
    if (this.saving !== null) {
      await this.saving;
    }

    const contents = this.contents();
    if (this.stopped) {
      this.keep(); // the form post shows both versions; until then nothing may be lost
      return false;
    }

    if (contents === this.lastSent && !again && this.inDoubt.length === 0) {
      return true;
    }

    this.saving = this.send(contents);
    const saved = await this.saving;
    this.saving = null;
    return saved;
  }

  private async send(contents: string): Promise<boolean> {
    let answer: Answer;
    try {
      const response = await fetch(this.dataset["url"] ?? "", {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json" },
        keepalive: contents.length < 50_000,
        redirect: "manual",
      });
      if (response.type === "opaqueredirect" || response.status === 401) {
        this.keep();
        this.say(this.dataset["signedOut"]);
        return false;
      }

      if (!response.ok) {
        this.keep();
        this.say(this.dataset["failed"]);
        return false;
      }

      answer = (await response.json()) as Answer;
    } catch {
      // No connection, or it broke off on the way back.
      this.inDoubt.push(contents);
      this.keep();
      this.say(this.dataset["offline"]);
      this.schedule(pauseBeforeRetry);
      return false;
    }

    return this.take(answer, contents);
  }

  private async take(answer: Answer, contents: string): Promise<boolean> {
    switch (answer.outcome) {
      case "saved":
        this.lastSent = contents;
        this.inDoubt = [];
        this.setMadeFrom(answer.madeFrom);
        if (this.unloading) {
          this.keep(); // the page that comes may have been drawn before this was saved: it compares, and forgets it when it is the same
        } else {
          sessionStorage.removeItem(this.key);
        }

        this.say((this.dataset["saved"] ?? "").replace("{0}", answer.savedAt ?? ""));
        this.warn(answer.warnings);
        return true;
      case "conflict":
        if (answer.stored !== null && this.isOwn(answer.stored)) {
          this.inDoubt = [];
          this.setMadeFrom(answer.madeFrom);
          return this.send(this.contents());
        }

        this.stopped = true;
        this.inDoubt = [];
        this.keep();
        this.say(this.dataset["conflict"]);
        return true; // the form post shows both versions
      case "unlawful":
        // Nothing of what was seen in a way that is not allowed is kept, here neither.
        sessionStorage.removeItem(this.key);
        this.inDoubt = [];
        this.say(this.dataset["unlawful"]);
        return true;
      case "busy":
        this.schedule(pauseBeforeRetry);
        return true;
      default:
        this.inDoubt = [];
        this.say(this.dataset["failed"]);
        return true; // the form post says what is wrong
    }
  }

  /** What stands there now was sent from here, and only the answer was lost. */
  private isOwn(stored: Readonly<Record<string, string>>): boolean {
    return this.inDoubt.some((sent) => {
      const values = new Map<string, string>();
      for (const [name, value] of JSON.parse(sent) as Entry[]) {
        values.set(name, values.has(name) ? `${values.get(name)}\n${value}` : value);
      }

      return Object.entries(stored).every(([name, value]) => plain(values.get(name) ?? "") === plain(value));
    });
  }

  private body(): URLSearchParams {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form ?? undefined)) {
      if (typeof value === "string") {
        body.append(name, value);
      }
    }

    return body;
  }

  private entries(): Entry[] {
    const entries: Entry[] = [];
    for (const [name, value] of new FormData(this.form ?? undefined)) {
      if (typeof value === "string" && !name.startsWith("_") && !ownFields.has(name)) {
        entries.push([name, value]);
      }
    }

    return entries;
  }

  private contents(): string {
    return JSON.stringify(this.entries());
  }

  private get key(): string {
    return this.dataset["key"] ?? "";
  }

  private keep(): void {
    if (this.form?.querySelector("input[value=unlawful]:checked") == null) {
      const kept: Kept = { madeFrom: this.madeFrom?.value ?? "", inDoubt: this.inDoubt, entries: this.entries() };
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    }
  }

  private restore(): void {
    const text = sessionStorage.getItem(this.key);
    if (text === null) {
      return;
    }

    const { madeFrom, inDoubt, entries } = JSON.parse(text) as Kept;
    if (JSON.stringify(entries) === this.contents()) {
      sessionStorage.removeItem(this.key);
      return;
    }

    // What is stored may have moved on elsewhere: the server is told from what this text was made, and then shows both.
    this.setMadeFrom(madeFrom);
    this.inDoubt = inDoubt;
    for (const control of this.controls()) {
      const values = entries.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
        control.checked = values.includes(control.value);
      } else {
        control.value = values[0] ?? "";
      }
    }

    this.say(this.dataset["restored"]);
    this.schedule(0);
  }

  private controls(): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
    return [...this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("input[name], textarea[name], select[name]")].filter(
      (control) => control.type !== "hidden" && !control.name.startsWith("_"),
    );
  }

  private setMadeFrom(madeFrom: string | null): void {
    if (this.madeFrom !== null && madeFrom !== null) {
      this.madeFrom.value = madeFrom;
    }
  }

  private get madeFrom(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[name=madeFrom]");
  }

  private say(text: string | undefined): void {
    if (this.status !== null && text !== undefined && this.status.textContent !== text) {
      this.status.textContent = text;
    }
  }

  /** Shows under each field what looks like personal data in it, with the way to take it out. */
  private warn(warnings: readonly Warning[]): void {
    for (const list of this.querySelectorAll<HTMLElement>("[data-found]")) {
      // A list that says the same stays, or a screen reader would hear it again and the focus would be lost.
      if (JSON.stringify(warnings.filter((warning) => warning.path === list.dataset["found"])) !== list.dataset["says"]) {
        list.remove();
      }
    }

    for (const path of new Set(warnings.map((warning) => warning.path))) {
      const field = this.controls().find((control) => control.name === path && !(control instanceof HTMLInputElement && control.type === "checkbox"));
      const frame = field?.closest(".utrecht-form-field");
      if (field === undefined || frame == null || this.querySelector(`[data-found="${path}"]`) !== null) {
        continue;
      }

      const own = warnings.filter((warning) => warning.path === path);
      const list = document.createElement("ul");
      list.className = "sr-found";
      list.dataset["found"] = path;
      list.dataset["says"] = JSON.stringify(own);
      list.setAttribute("aria-live", "polite");
      frame.append(list);
      for (const warning of own) {
        list.append(this.warningLine(warning, field));
      }
    }
  }

  private warningLine(warning: Warning, field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): HTMLLIElement {
    const line = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = warning.message;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nl-button nl-button--secondary";
    button.textContent = warning.action;
    button.addEventListener("click", () => {
      field.value = field.value.replaceAll(warning.words, warning.replacement);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
      line.remove();
    });
    line.append(text, button);
    return line;
  }
}

/** As the server would keep it, as far as that matters for telling one's own words from another's. */
function plain(text: string): string {
  return text
    .split(/[\r\n,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n");
}

customElements.define("draft-form", DraftForm);

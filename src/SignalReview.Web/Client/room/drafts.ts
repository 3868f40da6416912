import type { Draft, SavedDraft } from "./connection";

type Fields = Record<string, string[]>;

const Space = "signalreview/room/";

/** Of what kind the server keeps a form, by its action; other forms are kept in this tab only. */
const Kinds: Readonly<Record<string, string>> = { say: "message", castVote: "vote" };

/** Milliseconds without a key before the server is asked to keep it too. */
const Pause = 800;

/** Asks the server to keep what is being written. Throws when there is no line. */
export type Save = (kind: string, content: object, revision: number) => Promise<SavedDraft>;

/**
 * Keeps what somebody has typed and not yet sent: at once in this tab, so that a lost connection, a reload or a wrong turn costs nobody a
 * sentence; and a moment later on the server, so that another device shows it too. A form takes part by its data-draft; the key also names the
 * person, so that the next one at this computer meets nothing of it.
 */
export class Drafts {
  readonly #root: HTMLElement;
  readonly #space: string;
  readonly #save: Save;
  readonly #revisions = new Map<string, number>();
  readonly #timers = new Map<string, number>();
  readonly #saving = new Set<string>();

  constructor(root: HTMLElement, person: string, caseId: string, save: Save) {
    this.#root = root;
    this.#space = `${Space}${person}/${caseId}/`;
    this.#save = save;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(Space) && !key.startsWith(`${Space}${person}/`)) {
        sessionStorage.removeItem(key);
      }
    }
  }

  save(form: HTMLFormElement): void {
    const key = this.#keyOf(form);
    if (key === null) {
      return;
    }

    const fields: Fields = {};
    for (const control of written(form)) {
      const isOff = control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox") && !control.checked;
      if (!isOff && control.value !== "") {
        (fields[control.name] ??= []).push(control.value);
      }
    }

    if (Object.keys(fields).length > 0) {
      sessionStorage.setItem(key, JSON.stringify(fields));
    } else {
      sessionStorage.removeItem(key);
    }

    this.#soon(this.#kindOf(key));
  }

  /** Puts back what was typed, in every form there is now. */
  restore(): void {
    for (const form of this.#root.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
      const kept = sessionStorage.getItem(this.#keyOf(form) ?? "");
      if (kept !== null) {
        fill(form, JSON.parse(kept) as Fields);
      }
    }
  }

  /** What the server keeps: shown where this tab has nothing of its own. What only this tab has goes to the server. */
  merge(drafts: readonly Draft[]): void {
    this.#revisions.clear();
    for (const draft of drafts) {
      this.#take(draft);
    }

    this.restore();
    for (const kind of new Set(Object.values(Kinds))) {
      const known = drafts.find((draft) => draft.kind === kind)?.content.forms ?? {};
      if (JSON.stringify(known) !== JSON.stringify(this.#formsOf(kind))) {
        this.#soon(kind);
      }
    }
  }

  /** What was sent need not be kept: for one form, by the name of its action when the form is gone, or "" for all. */
  forget(sent: HTMLFormElement | string): void {
    const prefix = typeof sent !== "string" ? this.#keyOf(sent) : sent === "" ? this.#space : `${this.#space}${sent}/`;
    if (prefix === null) {
      return;
    }

    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(prefix)) {
        sessionStorage.removeItem(key);
      }
    }

    const kind = this.#kindOf(prefix);
    if (kind !== null) {
      // The command has taken the server's draft away; what another form of the kind still holds is kept anew.
      window.clearTimeout(this.#timers.get(kind));
      this.#revisions.delete(kind);
      if (Object.keys(this.#formsOf(kind)).length > 0) {
        this.#soon(kind);
      }
    }
  }

  #soon(kind: string | null): void {
    if (kind !== null) {
      window.clearTimeout(this.#timers.get(kind));
      this.#timers.set(kind, window.setTimeout(() => void this.#push(kind), Pause));
    }
  }

  async #push(kind: string): Promise<void> {
    if (this.#saving.has(kind)) {
      this.#soon(kind);
      return;
    }

    this.#saving.add(kind);
    try {
      const saved = await this.#save(kind, { forms: this.#formsOf(kind) }, this.#revisions.get(kind) ?? 0);
      if (saved.outcome === "saved" || saved.outcome === "outdated") {
        this.#revisions.set(kind, saved.revision);
      }

      if (saved.newer !== null) {
        // Another device was first. What only that one has is shown here too; in a form that both write in, this tab's words stand here.
        this.#take(saved.newer);
        this.restore();
        this.#soon(kind);
      }
    } catch {
      // No line. This tab keeps it, and it goes to the server when the line is back.
    } finally {
      this.#saving.delete(kind);
    }
  }

  #take(draft: Draft): void {
    this.#revisions.set(draft.kind, draft.revision);
    for (const [form, fields] of Object.entries(draft.content.forms ?? {})) {
      const key = `${this.#space}${form}`;
      if (this.#kindOf(key) === draft.kind && sessionStorage.getItem(key) === null) {
        sessionStorage.setItem(key, JSON.stringify(fields));
      }
    }
  }

  #formsOf(kind: string): Record<string, Fields> {
    const forms: Record<string, Fields> = {};
    for (const key of Object.keys(sessionStorage).sort()) {
      if (key.startsWith(this.#space) && this.#kindOf(key) === kind) {
        forms[key.slice(this.#space.length)] = JSON.parse(sessionStorage.getItem(key) ?? "{}") as Fields;
      }
    }

    return forms;
  }

  #kindOf(key: string): string | null {
    return Kinds[key.slice(this.#space.length).split("/")[0] ?? ""] ?? null;
  }

  #keyOf(form: HTMLFormElement): string | null {
    const action = new FormData(form).get("action");
    return form.dataset["draft"] === undefined || typeof action !== "string" ? null : `${this.#space}${action}/${form.dataset["draft"]}`;
  }
}

function fill(form: HTMLFormElement, fields: Fields): void {
  for (const control of written(form)) {
    const values = fields[control.name] ?? [];
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
      control.checked = values.includes(control.value);
    } else if (control.value !== (values[0] ?? "")) {
      control.value = values[0] ?? "";
      control.dispatchEvent(new Event("input"));
    }
  }
}

/** The fields somebody fills in; not those that the page fills in itself, and not the slider beside a number. */
function written(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  return [...form.elements].filter(
    (control): control is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
      (control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement || (control instanceof HTMLInputElement && control.type !== "hidden")) &&
      control.name !== "",
  );
}

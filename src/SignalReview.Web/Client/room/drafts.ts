type Fields = Record<string, string[]>;

const Space = "signalreview/room/";

/**
 * Keeps what somebody has typed and not yet sent, in this tab only: a lost connection, a reload or a wrong turn costs nobody a sentence.
 * A form takes part by its data-draft; the key also names the person, so that the next one at this computer meets nothing of it.
 */
export class Drafts {
  readonly #root: HTMLElement;
  readonly #space: string;

  constructor(root: HTMLElement, person: string, caseId: string) {
    this.#root = root;
    this.#space = `${Space}${person}/${caseId}/`;
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
  }

  /** Puts back what was typed, in every form there is now. */
  restore(): void {
    for (const form of this.#root.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
      const kept = sessionStorage.getItem(this.#keyOf(form) ?? "");
      if (kept === null) {
        continue;
      }

      const fields = JSON.parse(kept) as Fields;
      for (const control of written(form)) {
        const values = fields[control.name] ?? [];
        if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
          control.checked = values.includes(control.value);
        } else {
          control.value = values[0] ?? "";
          control.dispatchEvent(new Event("input"));
        }
      }
    }
  }

  /** What was sent need not be kept: for one form, by the name of its action when the form is gone, or "" for all. */
  forget(sent: HTMLFormElement | string): void {
    const prefix = typeof sent !== "string" ? this.#keyOf(sent) : sent === "" ? this.#space : `${this.#space}${sent}/`;
    for (const key of Object.keys(sessionStorage)) {
      if (prefix !== null && key.startsWith(prefix)) {
        sessionStorage.removeItem(key);
      }
    }
  }

  #keyOf(form: HTMLFormElement): string | null {
    const action = new FormData(form).get("action");
    return form.dataset["draft"] === undefined || typeof action !== "string" ? null : `${this.#space}${action}/${form.dataset["draft"]}`;
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

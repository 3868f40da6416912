const Most = 6;

interface Person {
  readonly name: string;
  readonly box: HTMLInputElement;
}

/**
 * Typing @ in a message offers the colleagues of the room (a combobox: arrows, Enter, Escape). Choosing one writes the name and ticks the box that
 * says so without script too; taking the name out of the text takes the tick away again.
 */
export class Mentions {
  readonly #root: HTMLElement;
  readonly #announce: (text: string) => void;
  readonly #list = document.createElement("ul");
  #area: HTMLTextAreaElement | null = null;
  #found: readonly Person[] = [];
  #active = 0;

  constructor(root: HTMLElement, announce: (text: string) => void) {
    this.#root = root;
    this.#announce = announce;
    this.#list.className = "sr-suggest";
    this.#list.id = "mention-list";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", root.dataset["suggestions"] ?? "");
  }

  start(): void {
    this.#root.addEventListener("input", (event) => this.#look(event.target));
    this.#root.addEventListener("keydown", (event) => this.#press(event));
    this.#root.addEventListener("focusout", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the text keeps the focus
      const index = [...this.#list.children].findIndex((item) => event.target instanceof Node && item.contains(event.target));
      if (index >= 0) {
        this.#choose(index);
      }
    });
  }

  #look(target: EventTarget | null): void {
    if (!(target instanceof HTMLTextAreaElement) || target.dataset["mentions"] === undefined) {
      return;
    }

    const people = peopleOf(target);
    for (const { name, box } of people) {
      if (box.dataset["typed"] !== undefined && !target.value.includes(`@${name}`)) {
        delete box.dataset["typed"];
        box.checked = false;
      }
    }

    const asked = askedIn(target);
    this.#found = asked === null ? [] : people.filter(({ name }) => begins(name, asked)).slice(0, Most);
    if (this.#found.length === 0) {
      this.#close();
    } else {
      this.#open(target);
    }
  }

  #open(area: HTMLTextAreaElement): void {
    this.#area = area;
    this.#active = 0;
    this.#list.replaceChildren(
      ...this.#found.map(({ name }, index) => {
        const item = document.createElement("li");
        item.id = `mention-${index}`;
        item.setAttribute("role", "option");
        item.textContent = name;
        return item;
      }),
    );
    area.after(this.#list);
    area.setAttribute("role", "combobox");
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-expanded", "true");
    area.setAttribute("aria-controls", this.#list.id);
    this.#show();
    const text = this.#found.length === 1 ? this.#root.dataset["suggestedOne"] : this.#root.dataset["suggested"];
    this.#announce((text ?? "").replace("{0}", String(this.#found.length)));
  }

  #close(): void {
    this.#list.remove();
    for (const name of ["role", "aria-autocomplete", "aria-expanded", "aria-controls", "aria-activedescendant"]) {
      this.#area?.removeAttribute(name);
    }

    this.#area = null;
  }

  #press(event: KeyboardEvent): void {
    if (this.#area === null) {
      return;
    }

    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.#active = (this.#active + (event.key === "ArrowDown" ? 1 : this.#found.length - 1)) % this.#found.length;
      this.#show();
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.#choose(this.#active);
    } else if (event.key === "Escape") {
      event.stopPropagation(); // only the list goes away
      this.#close();
    } else {
      return;
    }

    event.preventDefault();
  }

  #show(): void {
    [...this.#list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.#active)));
    this.#area?.setAttribute("aria-activedescendant", `mention-${this.#active}`);
  }

  #choose(index: number): void {
    const area = this.#area;
    const person = this.#found[index];
    if (area === null || person === undefined) {
      return;
    }

    const end = area.selectionStart;
    const start = area.value.lastIndexOf("@", end - 1);
    area.setRangeText(`@${person.name} `, start, end, "end");
    if (!person.box.checked) {
      person.box.checked = true;
      person.box.dataset["typed"] = "";
    }

    this.#close();
    area.dispatchEvent(new Event("input", { bubbles: true })); // kept as a draft
  }
}

/** What stands between the last @ and the caret; null when no name is being typed. */
function askedIn(area: HTMLTextAreaElement): string | null {
  if (area.selectionStart !== area.selectionEnd) {
    return null;
  }

  const typed = /(?:^|\s)@(?<asked>[\p{L}\p{M}'’ -]{0,40})$/u.exec(area.value.slice(0, area.selectionStart));
  return typed?.groups?.["asked"] ?? null;
}

/** The name, or a part of it, begins with what was typed. */
function begins(name: string, asked: string): boolean {
  const wanted = plain(asked);
  const whole = plain(name);
  return whole !== wanted.trimEnd() && (whole.startsWith(wanted) || (!wanted.includes(" ") && whole.split(" ").some((part) => part.startsWith(wanted))));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function peopleOf(area: HTMLTextAreaElement): readonly Person[] {
  return [...(area.form?.querySelectorAll<HTMLInputElement>("input[name=mentions]") ?? [])].map((box) => ({
    name: (box.labels?.[0]?.textContent ?? "").trim(),
    box,
  }));
}

/** How long somebody counts as typing after the last word of it: their browser says so every two seconds. */
const Lasts = 5000;

/** The line that says who is typing. */
export class TypingLine {
  readonly #root: HTMLElement;
  readonly #typers = new Map<string, { readonly name: string; readonly timer: number }>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  show(id: string, name: string, ended: boolean): void {
    window.clearTimeout(this.#typers.get(id)?.timer);
    this.#typers.delete(id);
    if (!ended) {
      this.#typers.set(id, { name, timer: window.setTimeout(() => this.show(id, name, true), Lasts) });
    }

    this.#write();
  }

  /** Who is not here does not type. */
  keep(here: readonly string[]): void {
    for (const id of [...this.#typers.keys()]) {
      if (!here.includes(id)) {
        this.show(id, "", true);
      }
    }
  }

  #write(): void {
    const line = this.#root.querySelector("[data-typing]");
    if (line !== null) {
      const [first, second, ...others] = [...this.#typers.values()].map((typer) => typer.name);
      const text = (name: string): string => this.#root.getAttribute(`text-typing${name}`) ?? "";
      line.textContent =
        first === undefined
          ? ""
          : second === undefined
            ? text("").replace("{0}", first)
            : others.length === 0
              ? text("-two").replace("{0}", first).replace("{1}", second)
              : text("-many");
    }
  }
}

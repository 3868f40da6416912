/**
 * Shows what it wraps only when the radio buttons named in data-field have another answer than those in data-except. Without this script
 * what it wraps is always there; the server says when it is needed. Something typed is never hidden.
 */
class OpenWhen extends HTMLElement {
  #abort = new AbortController();

  connectedCallback(): void {
    const form = this.closest("form");
    form?.addEventListener("change", () => this.#look(form), { signal: this.#abort.signal });
    if (form !== null) {
      this.#look(form);
    }
  }

  disconnectedCallback(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  #look(form: HTMLFormElement): void {
    const chosen = new FormData(form).get(this.dataset["field"] ?? "");
    const usual = (this.dataset["except"] ?? "").split(" ");
    const typed = [...this.querySelectorAll<HTMLTextAreaElement>("textarea")].some((area) => area.value.trim() !== "");
    const refused = this.querySelector("[aria-invalid=true]") !== null;
    const departs = typeof chosen === "string" && !usual.includes(chosen);
    this.toggleAttribute("data-closed", !departs && !typed && !refused);
  }
}

customElements.define("open-when", OpenWhen);

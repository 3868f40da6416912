/** Puts a slider beside the number it wraps. The number is what the form sends, so it works without this. */
class RangeNumber extends HTMLElement {
  connectedCallback(): void {
    const number = this.querySelector<HTMLInputElement>("input[type=number]");
    if (number === null || this.querySelector("input[type=range]") !== null) {
      return;
    }

    const range = document.createElement("input");
    range.type = "range";
    range.min = number.min;
    range.max = number.max;
    range.step = number.step;
    range.value = number.value === "" ? number.min : number.value;
    // The labelled number says it all to a screen reader; a second control of the same name would only be heard twice.
    range.tabIndex = -1;
    range.setAttribute("aria-hidden", "true");
    range.addEventListener("input", () => {
      number.value = range.value;
      number.dispatchEvent(new Event("input", { bubbles: true }));
    });
    // The slider rests at its lowest: a tap there changes nothing for it, but is a choice all the same.
    range.addEventListener("click", () => {
      if (number.value === "") {
        number.value = range.value;
        number.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
    number.addEventListener("input", () => {
      range.value = number.value === "" ? number.min : number.value;
    });
    this.append(range);
  }
}

customElements.define("range-number", RangeNumber);

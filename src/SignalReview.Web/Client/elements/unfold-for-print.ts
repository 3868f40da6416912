/** On paper nothing can be unfolded. The style sheet opens what is folded in browsers that can; this does it in the others. */
const opened = new Set<HTMLDetailsElement>();

window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details.sr-details:not([open])")) {
    details.open = true;
    opened.add(details);
  }
});

window.addEventListener("afterprint", () => {
  for (const details of opened) {
    details.open = false;
  }

  opened.clear();
});

/** A form that is on its way is not sent a second time. The server answers a repeated command anyway; this spares the doubt.
 *  A download leaves the page as it is, so its form may be sent again. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.hasAttribute("data-download")) {
    return;
  }

  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }

  form.setAttribute("aria-busy", "true");
});

// The browser's back button can bring the page back as it was left: busy.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy=true]")) {
    form.removeAttribute("aria-busy");
  }
});

// On a phone Escape shuts the menu and gives the focus back to its button; GOV.UK's script only opens and shuts it.

export function shutMenusWithEscape() {
  for (const toggle of document.querySelectorAll(".govuk-js-service-navigation-toggle")) {
    toggle.closest("section, nav, header").addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || toggle.hidden || toggle.getAttribute("aria-expanded") !== "true") return;
      toggle.click();
      toggle.focus();
    });
  }
}

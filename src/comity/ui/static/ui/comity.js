/* What pages gain from scripts: every page works without this file. No evaluation, nothing inline. */
"use strict";

(function () {
  const status = () => document.getElementById("status");

  /** Says a sentence in the one live region; emptied first so that the same words are said again. */
  function announce(words) {
    const region = status();
    if (!region || !words) return;
    region.textContent = "";
    window.setTimeout(() => { region.textContent = words; }, 50);
  }

  /** Moves the focus to what is new: a marked place, else the first heading. */
  function focusOn(root) {
    const place = root.querySelector("[data-focus], #heading, h1, h2");
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: false });
  }

  let moved = false;
  document.addEventListener("htmx:pushedIntoHistory", () => { moved = true; });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target || document.body;
    const said = target.querySelector("[data-announce]");
    if (said) announce(said.textContent.trim());
    if (moved || target.querySelector("[data-focus]")) focusOn(target);
    moved = false;
  });
  document.addEventListener("announce", (event) => {
    announce(typeof event.detail === "string" ? event.detail : event.detail && event.detail.value);
  });
  document.addEventListener("htmx:responseError", () => {
    announce(status() && status().dataset.failed);
  });

  /* Filters that apply at once where they say so. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form) form.requestSubmit();
  });

  /* Menus made of <details>: one open at a time, closed by Escape or by a click elsewhere. */
  const open = () => document.querySelectorAll("details[data-drop][open]");
  document.addEventListener("click", (event) => {
    open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  /* On a narrow screen the menu is one line that scrolls: show where we are. */
  const here = document.querySelector(".menu [aria-current]");
  if (here) here.scrollIntoView({ block: "nearest", inline: "center" });

  /* Buttons that print the sheet: hidden until this file runs. */
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  /* What is wrong with a form is read first. */
  document.addEventListener("DOMContentLoaded", () => {
    const wrong = document.querySelector(".form-errors[data-focus]");
    if (wrong) wrong.focus();
  });
})();

// What script adds: rows open beside the dossier, and a run shows its progress. Without it
// every link still leads to a page of its own.
"use strict";

const beside = document.getElementById("beside");

function pageOf(number) {
  const address = new URL(location.href);
  if (number) address.searchParams.set("number", number);
  else address.searchParams.delete("number");
  address.hash = "";
  return address;
}

function numberAsked() {
  return new URL(location.href).searchParams.get("number") || "";
}

async function fetchRows(number) {
  try {
    const rows = `${beside.dataset.rows}?${new URLSearchParams({ number })}`;
    const answer = await fetch(rows, { headers: { accept: "text/html", "HX-Request": "true" } });
    return await answer.text();
  } catch {
    return '<p class="fault">The workbench does not answer. Is it still running?</p>';
  }
}

async function showRows(number) {
  const rows = await fetchRows(number);
  // The address is the state: who went back or on meanwhile wants other rows, or none.
  if (number !== numberAsked()) return;
  const parsed = new DOMParser().parseFromString(rows, "text/html");
  beside.replaceChildren(...parsed.body.childNodes);
  beside.focus();
}

function closeRows() {
  beside.replaceChildren();
}

if (beside) {
  let opener = null;
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a");
    if (!link) return;
    if (link.hasAttribute("data-close")) {
      event.preventDefault();
      closeRows();
      history.pushState({}, "", pageOf(""));
      if (opener) opener.focus();
    } else if (link.matches("a.n, .behind a")) {
      event.preventDefault();
      opener = link;
      const number = decodeURIComponent(link.hash.slice(1));
      history.pushState({ number }, "", pageOf(number));
      showRows(number);
    }
  });
  document.addEventListener("keydown", (event) => {
    const close = beside.querySelector("[data-close]");
    if (event.key === "Escape" && close) close.click();
  });
  window.addEventListener("popstate", () => {
    const number = numberAsked();
    if (number) showRows(number);
    else closeRows();
  });
}

const run = document.getElementById("run");

if (run && run.dataset.state === "running") {
  const source = new EventSource(run.dataset.events);
  source.onmessage = (event) => {
    const told = JSON.parse(event.data);
    const items = told.stages.map((stage) => {
      const item = document.createElement("li");
      item.textContent = stage;
      return item;
    });
    document.getElementById("stages").replaceChildren(...items);
    document.getElementById("fault").textContent = told.fault;
    if (told.state !== "running") {
      source.close();
      location.assign(told.state === "done" ? run.dataset.after : location.href);
    }
  };
}

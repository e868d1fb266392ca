(() => {
  const specs = JSON.parse(document.getElementById("charts").textContent);
  const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, logLevel: 1 };
  for (const [name, spec] of Object.entries(specs)) {
    const place = document.getElementById(`${name}-chart`);
    vegaEmbed(place, spec, options).then(() => place.setAttribute("data-drawn", ""));
  }
  if (self === top) return;
  // In a frame of no origin a browser does not follow links to places of the same page
  document.querySelector("nav").addEventListener("click", (event) => {
    const place = document.getElementById(event.target.closest("a")?.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    place.scrollIntoView();
    place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
  });
})();

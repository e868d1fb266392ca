(() => {
  const specs = JSON.parse(document.getElementById("charts").textContent);
  const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, logLevel: 1 };
  for (const [name, spec] of Object.entries(specs)) {
    const place = document.getElementById(`${name}-chart`);
    vegaEmbed(place, spec, options).then(() => place.setAttribute("data-drawn", ""));
  }
})();

// Splink's waterfall chart: the page's own data, drawn by the libraries before this program.
vegaEmbed("#chart", JSON.parse(document.getElementById("evidence").textContent), {
  mode: "vega-lite",
  actions: false,
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
});

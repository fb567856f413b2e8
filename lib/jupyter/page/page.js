/* Runs at the end of every page: unpacks plotly.js, draws light or dark, makes pictures of the charts for print. */
(() => {
  const darkColors = JSON.parse(document.getElementById('banbook-dark').textContent);
  const root = document.documentElement;
  const button = document.getElementById('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  /** Figures as the notebook made them, by their element. */
  const figures = new Map();
  let chosen = null;
  /** Where a figure says nothing: plotly.js would take white paper for granted. */
  const plain = { paper_bgcolor: '#FFFFFF', plot_bgcolor: '#FFFFFF', font: { color: '#222222' } };

  const isDark = () => (chosen === null ? system.matches : chosen === 'dark');
  const themed = (part) =>
    isDark()
      ? JSON.parse(JSON.stringify(part).replace(/#[0-9a-f]{6}\b/gi, (c) => darkColors[c.toUpperCase()] ?? c))
      : structuredClone(part);

  function applyTheme() {
    root.dataset.theme = isDark() ? 'dark' : 'light';
    button.setAttribute('aria-pressed', String(isDark()));
    for (const [element, { data, layout, config }] of figures)
      window.Plotly.react(element, themed(data), themed(layout), config);
  }

  /** Charts are as wide as the screen; on paper a picture of a fixed width stands in their place. */
  async function addPicture(element, { data, layout }) {
    const picture = document.createElement('img');
    picture.className = 'banbook-print';
    picture.alt = element.getAttribute('aria-label');
    const size = { format: 'svg', width: 680, height: layout.height ?? 450 };
    picture.src = await window.Plotly.toImage({ data, layout: { ...layout, autosize: false } }, size);
    element.after(picture);
  }

  function watchCharts(plotly) {
    const draw = plotly.newPlot;
    plotly.newPlot = async (element, data, layout, config) => {
      const figure = {
        data,
        layout: { ...plain, ...layout, font: { ...plain.font, ...layout.font } },
        config: { ...config, displayModeBar: false },
      };
      const drawn = await draw(element, themed(data), themed(figure.layout), figure.config);
      figures.set(element, figure);
      await addPicture(element, structuredClone({ data, layout }));
      root.dataset.charts = String(document.querySelectorAll('.banbook-print').length);
      return drawn;
    };
  }

  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const script = document.createElement('script');
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  }

  button.hidden = false;
  button.addEventListener('click', () => {
    chosen = isDark() ? 'light' : 'dark';
    applyTheme();
  });
  system.addEventListener('change', applyTheme);
  applyTheme();
  for (const part of document.querySelectorAll('nav.contents details'))
    part.open = matchMedia('(min-width: 75rem)').matches;

  const packed = document.getElementById('banbook-plotly-gzip').textContent;
  if (packed !== '')
    unpack(packed).then(() => {
      watchCharts(window.Plotly);
    });
})();

import assert from 'node:assert/strict';
import test from 'node:test';
import { inflateSync } from 'node:zlib';
import type { Figure } from '../../lib/figures/figure.js';
import { figureBundle } from '../../lib/figures/show.js';
import { palettePng } from '../../lib/jupyter/palette-png.js';
import type { Notebook } from '../../lib/jupyter/read-notebook.js';
import { chartsOf, stillsOf, withStills } from '../../lib/jupyter/stills.js';

const figure: Figure = {
  name: 'Bans',
  alt: '3 bans, "most" <img src=x>',
  data: [{ type: 'bar', x: ['a'], y: [3] }],
  layout: { title: { text: '<img src="data:image/png;base64,AAAA">' } },
};
const shown = { output_type: 'display_data', data: figureBundle(figure, 1), metadata: {} };
const text = { output_type: 'stream', name: 'stdout', text: 'x' };
const notebook: Notebook = {
  metadata: {},
  cells: [
    { cell_type: 'markdown', source: '# Bans' },
    { cell_type: 'code', source: 'show(figure)', outputs: [shown, text] },
  ],
};
const htmlOf = ({ cells }: Notebook): string => String(cells[1]?.outputs?.[0]?.data?.['text/html']);

test('a still stands within the element of its chart, is found again, and can be taken out', () => {
  const [chart] = chartsOf(notebook);
  assert.match(String(chart?.id), /^banbook-bans-[0-9a-f]{10}-1$/);
  assert.deepEqual(chart?.data, figure.data);
  const kept = withStills(notebook, () => 'iVBO');
  assert.match(
    htmlOf(kept),
    /^<div id="[^>]*><img alt="3 bans, &quot;most&quot; &lt;img src=x&gt;" src="data:image\/png;base64,iVBO">\n<p>/,
  );
  assert.equal(kept.cells[1]?.outputs?.[0]?.data?.['image/png'], 'iVBO');
  assert.deepEqual(stillsOf(kept), new Map([[chart?.id, 'iVBO']]));
  assert.deepEqual(
    withStills(kept, () => 'iVBP'),
    withStills(notebook, () => 'iVBP'),
  );
  assert.deepEqual(
    withStills(kept, () => null),
    notebook,
  );
});

test('a notebook without a picture has none, whatever its figure says', () => {
  assert.equal(stillsOf(notebook).size, 0);
});

/** The indices and colours that a PNG with a palette holds. */
function unpack(png: Buffer): { palette: string[]; rows: number[][] } {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const width = chunks.get('IHDR')?.readUInt32BE(0) ?? 0;
  const raw = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const rows = Array.from({ length: raw.length / (width + 1) }, (_, y) => [
    ...raw.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)),
  ]);
  return { palette: chunks.get('PLTE')?.toString('hex').match(/.{6}/g) ?? [], rows };
}

test('a picture keeps its pixels; beyond 256 colours it takes near ones', () => {
  const few = Buffer.from('ff0000ff00ff00ff00ff00ff0000ffff', 'hex');
  const { palette, rows } = unpack(palettePng({ width: 2, height: 2, bytes: few }));
  assert.deepEqual(
    rows.map((row) => row.map((place) => palette[place])),
    [
      ['ff0000', '00ff00'],
      ['00ff00', '0000ff'],
    ],
  );
  // 512 colours: red by blue.
  const many = Buffer.alloc(4 * 512, 255);
  for (let i = 0; i < 512; i++) many.writeUIntBE((i >> 1) * 0x10000 + (i & 1) * 255, 4 * i, 3);
  const full = unpack(palettePng({ width: 512, height: 1, bytes: many }));
  assert.ok(full.palette.length <= 256);
  full.rows[0]?.forEach((place, i) => {
    const color = Number.parseInt(full.palette[place] ?? '', 16);
    assert.ok(Math.abs((color >> 16) - (i >> 1)) <= 1 && (color & 255) === (i & 1) * 255, `pixel ${i}`);
  });
});

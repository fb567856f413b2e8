import { crc32, deflateSync } from 'node:zlib';

const COLORS = 256;

/** A picture, four bytes a pixel: red, green, blue, alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  framed.writeUInt32BE(data.length, 0);
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), framed.length - 4);
  return framed;
}

/** Square of the distance of two colours, 0xRRGGBB. */
const distance = (a: number, b: number): number =>
  [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);

/** At most 256 colours, the most used first, so that no pixel is farther than need be from one of them. */
function paletteOf({ bytes }: Pixels): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < bytes.length; at += 4) {
    const color = bytes.readUIntBE(at, 3);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const used = [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([color]) => color);
  for (let reach = 0; ; reach = 2 * reach + 1) {
    const palette: number[] = [];
    for (const color of used)
      if (!palette.some((each) => distance(each, color) <= reach)) palette.push(color);
    if (palette.length <= COLORS) return palette;
  }
}

/**
 * An opaque picture as PNG with a palette, a third of the size that a browser writes: a chart has few colours beside
 * the edges of its letters, which take the nearest one. https://www.w3.org/TR/png-3/
 */
export function palettePng(pixels: Pixels): Buffer {
  const { width, height, bytes } = pixels;
  const palette = paletteOf(pixels);
  const places = new Map(palette.map((color, place) => [color, place]));
  const placeOf = (color: number): number => {
    const known = places.get(color);
    if (known !== undefined) return known;
    const nearest = palette.reduce((best, each) =>
      distance(each, color) < distance(best, color) ? each : best,
    );
    const place = places.get(nearest) ?? 0;
    places.set(color, place);
    return place;
  };
  // Each row begins with the number of its filter: 0, none.
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = placeOf(bytes.readUIntBE(4 * (y * width + x), 3));
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]); // 8 bits, palette
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

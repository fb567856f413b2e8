import xzDecompress from 'xz-decompress';

/**
 * xz, one stream after another, with zeros between and behind them (.xz 1.2.1, §2.2), by xz-embedded as WebAssembly.
 *
 * The package's own stream is not used: it holds a lock from its start to its end, so that a file that is left
 * half-read would stop all that come after it, and it throws away what comes before damage. Its decoder is
 * reached by the two names below, which are not documented; the exact version is pinned, and the tests read with it.
 */
interface Loaded {
  _getModuleInstance(): Promise<void>;
  _moduleInstance?: { readonly exports: Exports };
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  create_context(): number;
  destroy_context(context: number): void;
  supply_input(context: number, size: number): void;
  get_next_output(context: number): number;
}

/** True for the first bytes of an xz file, also when the file is cut off within them. */
export function isXz(head: Buffer): boolean {
  const magic = Buffer.from('fd377a585a00', 'hex');
  return head.length >= 3 && magic.subarray(0, head.length).equals(head.subarray(0, magic.length));
}

/**
 * What stands before damage in one slice of the input is lost with it: small slices lose a few lines at most, and
 * take 7 % more time than large ones.
 */
const sliceSize = 128;
const pieceSize = 64 * 1024;

/** The content of all streams. @throws where the data is damaged; what comes before that has been given */
export async function* unxz(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new Decoder(await load());
  let ready: Buffer[] = [];
  let size = 0;
  try {
    for (const slice of slicesOf(pieces)) {
      for (const data of decoder.feed(slice)) {
        ready.push(data);
        size += data.length;
        if (size < pieceSize) continue;
        yield Buffer.concat(ready);
        ready = [];
        size = 0;
      }
      if (decoder.failure !== null) break;
    }
  } finally {
    decoder.close();
  }
  if (size > 0) yield Buffer.concat(ready);
  if (decoder.failure !== null) throw new Error(decoder.failure);
}

/** Small slices; an empty one is the end. */
function* slicesOf(pieces: Iterable<Buffer>): Generator<Buffer> {
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += sliceSize) yield piece.subarray(at, at + sliceSize);
  yield Buffer.alloc(0);
}

async function load(): Promise<Exports> {
  const loaded = xzDecompress.XzReadableStream as unknown as Loaded;
  if (!loaded._moduleInstance) await loaded._getModuleInstance();
  if (!loaded._moduleInstance) throw new Error('the xz decoder cannot be loaded');
  return loaded._moduleInstance.exports;
}

/** enum xz_ret of xz-embedded's xz.h, and what it means here. 0: there is more to come; 1: the end. */
const failures: Readonly<Record<number, string>> = {
  2: 'a checksum that cannot be checked: decompress it with xz first',
  3: 'too little memory',
  4: 'made with a dictionary that takes too much memory: decompress it with xz first',
  5: 'no xz data',
  6: 'made with a filter or checksum that cannot be read here: decompress it with xz first',
  7: 'corrupt data',
  8: 'unexpected end of data',
};

/** A decoder: two buffers in WebAssembly memory and the six numbers in front of them. */
class Decoder {
  /** Why it cannot go on; null while it can. */
  failure: string | null = null;
  private readonly context: number;
  /** size of the buffers, start of the input, read of it, filled of it, start of the output, filled of it */
  private numbers!: Uint32Array;

  constructor(private readonly wasm: Exports) {
    this.context = wasm.create_context();
  }

  *feed(slice: Buffer): Generator<Buffer> {
    this.refresh();
    Buffer.from(this.wasm.memory.buffer).set(slice, this.numbers[1]);
    this.wasm.supply_input(this.context, slice.length);
    for (;;) {
      const result = this.wasm.get_next_output(this.context);
      this.refresh();
      const [size = 0, , read = 0, given = 0, start = 0, filled = 0] = this.numbers;
      // A copy, since the buffer is filled anew.
      if (filled > 0) yield Buffer.from(new Uint8Array(this.wasm.memory.buffer, start, filled));
      this.numbers[5] = 0;
      if (result > 1) this.failure = failures[result] ?? `error ${result}`;
      if (result > 0) return;
      // More may wait within the decoder when it filled its output. An empty slice is the end, and it has to say so.
      if (slice.length > 0 && read === given && filled < size) return;
    }
  }

  close(): void {
    this.wasm.destroy_context(this.context);
  }

  /** Memory that has grown is another buffer. */
  private refresh(): void {
    const { buffer } = this.wasm.memory;
    if (this.numbers?.buffer !== buffer) this.numbers = new Uint32Array(buffer, this.context, 6);
  }
}

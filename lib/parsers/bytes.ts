/** Whether a text in lower case stands at a place, in either case. */
export function standsInAnyCase(letters: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < letters.length; i++) {
    const byte = bytes[at + i] ?? 0;
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== letters[i]) return false;
  }
  return true;
}

/** Whether a text stands at a place as it is. */
export function stands(letters: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < letters.length; i++) if (bytes[at + i] !== letters[i]) return false;
  return true;
}

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

import { NoAnswer } from './no-answer.js';

/** An answer that is not what the API documents. */
export const malformed = (): NoAnswer => new NoAnswer('malformed answer');

/** @throws NoAnswer when the text is no JSON */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

/** @throws NoAnswer when the text is no JSON object */
export const objectOf = (text: string): Record<string, unknown> => asObject(jsonOf(text));

/** @throws NoAnswer when the value is no object */
export function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  return value as Record<string, unknown>;
}

/** @throws NoAnswer when the value is no array */
export function asArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed();
  return value;
}

/** A number, also where the API writes it as text. @throws NoAnswer */
export function asNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw malformed();
  return number;
}

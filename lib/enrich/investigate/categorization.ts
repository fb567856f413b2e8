import { asArray, asNumber, asObject, malformed } from './json.js';

/** What Umbrella takes a domain for. */
export interface Categorization {
  /** -1 malicious, 0 not known, 1 benign. */
  readonly status: -1 | 0 | 1;
  /** Ids, or names where labels were asked for. */
  readonly security_categories: readonly string[];
  readonly content_categories: readonly string[];
}

/** Null where the service does not know the domain. */
export type MaybeCategorization = Categorization | Error | null;

/** Most that one request may hold. */
export const bulkLimit = { names: 1000, bytes: 100_000 };

/** Cuts a list of names so that each part fits into one request. */
export function bulks(names: readonly string[]): string[][] {
  const parts: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const size = Buffer.byteLength(JSON.stringify(name)) + 1;
    const part = parts.at(-1);
    if (!part || part.length === bulkLimit.names || bytes + size > bulkLimit.bytes) {
      parts.push([name]);
      bytes = 2 + size;
    } else {
      part.push(name);
      bytes += size;
    }
  }
  return parts;
}

/**
 * Categorizations by domain: `{"a.example": {"status": 1, …}}`. The current API's documentation prints an array, one
 * object a domain that has the domain as a key without a value: `[{"a.example": null, "status": 1, …}]`; both are read.
 * @throws NoAnswer when it is neither
 */
export function categorizationsOf(value: unknown): Map<string, Categorization> {
  const found = new Map<string, Categorization>();
  for (const object of Array.isArray(value) ? value : [value]) {
    const entries = Object.entries(asObject(object));
    const bare = entries.find(([, inner]) => inner === null);
    if (bare) found.set(bare[0], categorizationOf(object));
    else for (const [name, inner] of entries) found.set(name, categorizationOf(inner));
  }
  return found;
}

function categorizationOf(value: unknown): Categorization {
  const { status, security_categories, content_categories } = asObject(value);
  const number = asNumber(status);
  if (number !== -1 && number !== 0 && number !== 1) throw malformed();
  return {
    status: number,
    security_categories: asArray(security_categories ?? []).map(String),
    content_categories: asArray(content_categories ?? []).map(String),
  };
}

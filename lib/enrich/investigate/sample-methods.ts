import { type Caller, type Page, part } from './caller.js';

export interface SamplesOptions extends Page {
  readonly sortby?: string;
}

/** What the API tells of malware samples; it wants a licence of its own. */
export function sampleMethods({ object, only }: Caller) {
  return {
    /** Samples that have to do with a domain, an address or a URL. */
    samples: (destination: string, options: SamplesOptions = {}) =>
      object(`samples/${part(destination)}`, options),
    /** One sample. @param hash SHA-256, SHA-1 or MD5 */
    sample: (hash: string, page: Page = {}) => object(`sample/${part(hash)}`, page),
    sampleArtifacts: (hash: string, page: Page = {}) => object(`sample/${part(hash)}/artifacts`, page),
    sampleConnections: (hash: string, page: Page = {}) => object(`sample/${part(hash)}/connections`, page),
    sampleSamples: (hash: string, page: Page = {}) => {
      only('legacy', 'sampleSamples', 'use samples');
      return object(`sample/${part(hash)}/samples`, page);
    },
    sampleBehaviors: (hash: string) => {
      only('v2', 'sampleBehaviors', 'it has come with the current one');
      return object(`sample/${part(hash)}/behaviors`);
    },
  };
}

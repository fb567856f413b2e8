import { createRequire } from 'node:module';
import type { LocaleData } from 'i18n-iso-countries';
import countries from 'i18n-iso-countries';
import type { Locale } from './figure.js';

const require = createRequire(import.meta.url);
for (const locale of ['en', 'ja'])
  countries.registerLocale(require(`i18n-iso-countries/langs/${locale}.json`) as LocaleData);

/** Name of a country of ISO 3166-1; the code itself where it has none. @param code two letters */
export const countryName = (code: string, locale: Locale = 'en'): string =>
  countries.getName(code, locale) ?? code;

/** The code of three letters, by which maps know a country; null for a code that is none. */
export const alpha3 = (code: string): string | null => countries.alpha2ToAlpha3(code) ?? null;

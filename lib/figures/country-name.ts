import { createRequire } from 'node:module';
import type { LocaleData } from 'i18n-iso-countries';
import countries from 'i18n-iso-countries';
import type { Locale } from './figure.js';

const require = createRequire(import.meta.url);
for (const locale of ['en', 'ja'])
  countries.registerLocale(require(`i18n-iso-countries/langs/${locale}.json`) as LocaleData);

/** Usual names where that of ISO 3166-1 is longer than a chart has room for, or out of date. */
const usual: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {
    BN: 'Brunei',
    BQ: 'Caribbean Netherlands',
    CC: 'Cocos Islands',
    CD: 'DR Congo',
    CG: 'Congo',
    CI: 'Côte d’Ivoire',
    CN: 'China',
    CZ: 'Czechia',
    FK: 'Falkland Islands',
    FM: 'Micronesia',
    GM: 'Gambia',
    GS: 'South Georgia',
    IR: 'Iran',
    LA: 'Laos',
    MD: 'Moldova',
    MF: 'Saint Martin',
    MK: 'North Macedonia',
    PS: 'Palestine',
    RU: 'Russia',
    SX: 'Sint Maarten',
    SY: 'Syria',
    SZ: 'Eswatini',
    TW: 'Taiwan',
    TZ: 'Tanzania',
    UM: 'US Outlying Islands',
    US: 'United States',
    VA: 'Vatican City',
    VC: 'Saint Vincent',
    VG: 'British Virgin Islands',
    VI: 'US Virgin Islands',
  },
  ja: {
    BN: 'ブルネイ',
    BO: 'ボリビア',
    BQ: 'カリブ領オランダ',
    CC: 'ココス諸島',
    CF: '中央アフリカ',
    CN: '中国',
    FK: 'フォークランド諸島',
    FM: 'ミクロネシア',
    GS: 'サウスジョージア',
    HM: 'ハード島',
    IR: 'イラン',
    KP: '北朝鮮',
    KR: '韓国',
    LA: 'ラオス',
    MD: 'モルドバ',
    MF: 'サン・マルタン',
    PM: 'サンピエール島',
    RU: 'ロシア',
    SH: 'セントヘレナ',
    SJ: 'スヴァールバル諸島',
    SX: 'シント・マールテン',
    SY: 'シリア',
    SZ: 'エスワティニ',
    US: 'アメリカ',
    VA: 'バチカン',
    VC: 'セントビンセント',
    VE: 'ベネズエラ',
  },
};

/** Usual name of a country of ISO 3166-1; the code itself where it has none. @param code two letters */
export const countryName = (code: string, locale: Locale = 'en'): string =>
  usual[locale][code] ?? countries.getName(code, locale) ?? code;

/** The code of three letters, by which maps know a country; null for a code that is none. */
export const alpha3 = (code: string): string | null => countries.alpha2ToAlpha3(code) ?? null;

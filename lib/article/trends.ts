import type { Claim } from './claim.js';

export type Words = Readonly<Record<'en' | 'ja', string>>;

/** A count by month, with its name in a sentence and the counter of its Japanese numbers. */
interface Counted {
  readonly id: string;
  readonly of: Words;
  readonly counter: string;
}

type Direction = 'falling' | 'rising';

/** What became of the count, and the rate that is new. */
const words: Readonly<Record<Direction, { readonly count: Words; readonly rate: Words }>> = {
  falling: { count: { en: 'decreased', ja: '減っています' }, rate: { en: 'lower', ja: '低い' } },
  rising: { count: { en: 'increased', ja: '増えています' }, rate: { en: 'higher', ja: '高い' } },
};

/** The rates before and after the change. @param aside what is to be said of that before */
const averages = ({ id, counter }: Counted, aside: Words): Words => ({
  en: `{${id}.rate_before} a day on average up to {${id}.change_eve}${aside.en}, {${id}.rate_after} from {${id}.change_month} on.`,
  ja: `1日あたりの平均は、{${id}.change_eve}までが{${id}.rate_before}${counter}${aside.ja}、{${id}.change_month}以降が{${id}.rate_after}${counter}です。`,
});

/** When the new rate begins, by whether the data allow for other months: `≠` or `=`. */
const beginnings = (id: string, rate: Words): Readonly<Record<string, Words>> => ({
  '≠': {
    en: `the ${rate.en} rate begins between {${id}.change_from} and {${id}.change_to}`,
    ja: `${rate.ja}水準の始まりは{${id}.change_from}から{${id}.change_to}の間です`,
  },
  '=': {
    en: `the ${rate.en} rate begins in {${id}.change_month} and in no other month`,
    ja: `${rate.ja}水準の始まりは{${id}.change_month}に限られます`,
  },
});

/** A change, and how sure its beginning is. @param more what has to hold beside the direction */
const changes = (id: string, direction: Direction, said: Words, more: Claim['if'] = {}): Claim[] =>
  Object.entries(beginnings(id, words[direction].rate)).map(([sign, begins]) => ({
    if: { [`${id}.trend`]: direction, [`${id}.change_from`]: `${sign} ${id}.change_to`, ...more },
    en: `${said.en} At a confidence of {method.confidence} ${begins.en}. The two averages do not tell whether the change came at once or month by month.`,
    ja: `${said.ja}信頼度{method.confidence}で、${begins.ja}。変化が急だったか緩やかだったかは、二つの平均からは分かりません。`,
  }));

/** Two rates, the one lower than the other. */
function level(counted: Counted, direction: Direction): Words {
  const [{ of }, { count }] = [counted, words[direction]];
  const rates = averages(counted, { en: '', ja: '' });
  return { en: `The ${of.en} ${count.en}: ${rates.en}`, ja: `${of.ja}は途中から${count.ja}。${rates.ja}` };
}

/** A peak before the lower rate. */
function peak(counted: Counted): Words {
  const { id, of } = counted;
  const rates = averages(counted, { en: ', the peak among them', ja: '(最多の月を含む)' });
  return {
    en: `The ${of.en} rose to a peak in {${id}.peak_month} and fell after it: ${rates.en}`,
    ja: `${of.ja}は{${id}.peak_month}を頂点として、増加から減少に転じています。${rates.ja}`,
  };
}

/** What may be said of the trend of a monthly count. */
export const trends = (id: string, of: Words, counter = '件'): Claim[] => [
  ...changes(id, 'falling', peak({ id, of, counter }), { [`${id}.rose_first`]: 'yes' }),
  ...changes(id, 'falling', level({ id, of, counter }, 'falling'), { [`${id}.rose_first`]: 'no' }),
  ...changes(id, 'rising', level({ id, of, counter }, 'rising')),
  {
    if: { [`${id}.trend`]: 'none' },
    en: `The months do not tell of a lasting rise or fall of ${of.en}.`,
    ja: `${of.ja}に、持続的な増減は認められません。`,
  },
  {
    // Without any, there is no trend either.
    if: { [`${id}.trend`]: 'null', [`${id}.total`]: '>=1' },
    en: `Too few months are covered to tell of a trend of ${of.en}.`,
    ja: `記録のある月が少なく、${of.ja}の増減は判断できません。`,
  },
];

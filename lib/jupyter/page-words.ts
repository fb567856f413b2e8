const en = {
  skip: 'Skip to the text',
  contents: 'Contents',
  pages: 'Pages',
  article: 'Article',
  code: 'Code',
  dark: 'Dark',
  previous: 'Previous',
  next: 'Next',
  synthetic: 'Synthetic data: all made up',
};

export type PageWords = typeof en;

const ja: PageWords = {
  skip: '本文へ移動',
  contents: '目次',
  pages: 'ページ一覧',
  article: '記事',
  code: 'コード',
  dark: 'ダーク表示',
  previous: '前へ',
  next: '次へ',
  synthetic: '合成データ(すべて架空)',
};

/** The fixed words of a page in one language. */
export const pageWords = (locale: 'en' | 'ja'): PageWords => (locale === 'ja' ? ja : en);

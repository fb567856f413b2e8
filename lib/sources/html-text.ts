const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const block =
  /^\/?(?:address|article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|hr|html|li|ol|p|pre|section|table|td|th|tr|ul)$/;

/**
 * The text of a mail that has only HTML: a line for each block and `<br>`, the line ends of `<pre>` as they are, no
 * markup, scripts or styles. One pass, so that unclosed tags take no more time than others.
 */
export function textOfHtml(html: string): string {
  const [before = '', ...parts] = html.split('<');
  const text: string[] = [flow(before)];
  /** What is skipped up to its end: `--` is a comment. */
  let skipped = '';
  let preformatted = 0;
  for (const part of parts) {
    if (skipped === '--' || part.startsWith('!--')) {
      const end = part.indexOf('-->');
      skipped = end < 0 ? '--' : '';
      if (end >= 0) text.push(preformatted > 0 ? entities(part.slice(end + 3)) : flow(part.slice(end + 3)));
      continue;
    }
    const end = part.indexOf('>');
    const name = /^\/?[a-z][a-z0-9]*/i.exec(part)?.[0].toLowerCase() ?? '';
    if (skipped !== '' && name !== `/${skipped}`) continue;
    skipped = name === 'script' || name === 'style' || name === 'title' ? name : '';
    if (skipped !== '' || end < 0) continue;
    if (name === 'pre') preformatted++;
    else if (name === '/pre') preformatted = Math.max(0, preformatted - 1);
    if (block.test(name)) text.push('\n');
    const rest = part.slice(end + 1);
    text.push(preformatted > 0 ? entities(rest) : flow(rest));
  }
  const lines = text.join('').split('\n');
  return `${lines.map((line) => line.trim()).join('\n')}\n`;
}

const flow = (text: string): string => entities(text.replace(/\s+/g, ' '));

function entities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });
}

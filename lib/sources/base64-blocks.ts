/**
 * Decodes a base64 body that may consist of several padded blocks. logwatch 7.4.0 and 7.4.3 (option encode = base64)
 * encode the summary and each section on its own and write them one behind the other, so padding stands
 * in the middle of the body. A decoder that ends there loses the sections. 7.7 encodes the whole report at once.
 *
 * What is no base64 is passed over, as RFC 2045 section 6.8 asks.
 */
export function decodeBase64Blocks(body: string): Buffer {
  const digits = body.replace(/[^A-Za-z0-9+/=]+/g, '');
  return Buffer.concat(digits.split(/=+/).map((block) => Buffer.from(block, 'base64')));
}

const innerPadding = /=\s*[A-Za-z0-9+/]/;

/**
 * The mail with its base64 body as one block, when it is a mail of one part whose body has padding in its middle;
 * else the same bytes.
 */
export function mendBase64Body(mail: Buffer): Buffer {
  const head = /^[\s\S]*?\r?\n\r?\n/.exec(mail.toString('latin1', 0, 65_536))?.[0];
  if (head === undefined || !/^content-transfer-encoding:[ \t]*base64[ \t]*\r?$/im.test(head)) return mail;
  const body = mail.toString('latin1', head.length);
  if (!innerPadding.test(body)) return mail;
  const lines = decodeBase64Blocks(body).toString('base64').replace(/.{76}/g, '$&\n');
  return Buffer.concat([mail.subarray(0, head.length), Buffer.from(`${lines}\n`, 'latin1')]);
}

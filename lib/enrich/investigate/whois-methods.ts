import { type Caller, type Page, part } from './caller.js';

export interface WhoisPage extends Page {
  readonly sortField?: string;
}

/** What the API tells of registrations. */
export function whoisMethods({ object, list, only }: Caller) {
  return {
    domainWhois: (domain: string) => object(`whois/${part(domain)}`),
    domainWhoisHistory: (domain: string, page: Pick<Page, 'limit'> = {}) =>
      list(`whois/${part(domain)}/history`, page),
    /** Domains that were registered with a name server, or with several. */
    nsWhois: (nameservers: string | readonly string[], page: WhoisPage = {}) =>
      typeof nameservers === 'string'
        ? object(`whois/nameservers/${part(nameservers)}`, page)
        : object('whois/nameservers', { nameServerList: nameservers.join(), ...page }),
    /** Domains that were registered with a mail address, or with several (legacy API). */
    emailWhois: (emails: string | readonly string[], page: WhoisPage = {}) => {
      if (typeof emails === 'string') return object(`whois/emails/${part(emails)}`, page);
      only('legacy', 'emailWhois of a list', 'ask for one after the other');
      return object('whois/emails', { emailList: emails.join(), ...page });
    },
    /** Domains whose whois text matches, as `whoisSearch('Organization', 'Example.*')` (current API). */
    whoisSearch: (field: string, expression: string, page: Page = {}) => {
      only('v2', 'whoisSearch', 'it has come with the current one');
      return object(`whois/search/${part(field)}/${part(expression)}`, page);
    },
  };
}

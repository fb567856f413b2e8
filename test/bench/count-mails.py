"""Bans by jail, address, date and whois country from an mbox of fail2ban's mails, with Python's mailbox and email.

As one would write it: of each mail the first plain text part, decoded by its own encoding and charset; jail and address
from the sentence of the ban in it, the date from the header.
"""

import collections
import email.utils
import mailbox
import re
import sys

ban = re.compile(
    r"^The IP (\S+) has just been banned by Fail2Ban after\s+\d+ attempts against (\S+?)\.?$",
    re.MULTILINE,
)
country = re.compile(r"^country:\s*(\w\w)", re.MULTILINE | re.IGNORECASE)


def text_of(mail):
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            charset = part.get_content_charset() or "utf-8"
            return part.get_payload(decode=True).decode(charset, "replace")
    return ""


bans = collections.Counter()
for mail in mailbox.mbox(sys.argv[1], create=False):
    text = text_of(mail)
    found = ban.search(text)
    if not found:
        continue
    address, jail = found.groups()
    date = email.utils.parsedate_to_datetime(mail["Date"]).date()
    stated = country.search(text, found.end())
    bans[jail, address, date, stated and stated[1].upper()] += 1
print(sum(bans.values()))

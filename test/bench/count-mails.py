"""Bans by jail, address, date and whois country from an mbox of fail2ban's mails, with Python's mailbox and email."""

import collections
import email.utils
import mailbox
import re
import sys

subject = re.compile(r"\[Fail2Ban\] (\S+): banned (\S+) from")
country = re.compile(r"^country:\s*(\w\w)", re.MULTILINE | re.IGNORECASE)

bans = collections.Counter()
for mail in mailbox.mbox(sys.argv[1], create=False):
    found = subject.match(mail["Subject"])
    if not found:
        continue
    jail, address = found.groups()
    date = email.utils.parsedate_to_datetime(mail["Date"]).date()
    stated = country.search(mail.get_payload(decode=True).decode("utf-8", "replace"))
    bans[jail, address, date, stated and stated[1].upper()] += 1
print(sum(bans.values()))

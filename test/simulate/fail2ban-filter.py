"""Reads lines with one of fail2ban's own filters: python3 fail2ban-filter.py NAME MODE < lines.

Answers each line with the address of the failure that it is, or with an empty line.
"""

import logging
import sys

sys.path.insert(0, "/usr/lib/python3/dist-packages")

from fail2ban.client.filterreader import FilterReader
from fail2ban.server.filter import Filter

logging.disable(logging.CRITICAL)
name, mode = sys.argv[1:]
source = Filter(None)
source.returnRawHost = True
source.checkFindTime = False
setters = {
    "addfailregex": source.addFailRegex,
    "addignoreregex": source.addIgnoreRegex,
    "maxlines": source.setMaxLines,
    "prefregex": lambda value: setattr(source, "prefRegex", value),
    "datepattern": source.setDatePattern,
}
reader = FilterReader(name, "jail", {"mode": mode}, basedir="/etc/fail2ban", share_config={})
reader.read()
reader.getOptions({})
for option in reader.convert():
    for value in option[3] if option[0] == "multi-set" else [option[3]]:
        if option[2] in setters:
            setters[option[2]](value)
for line in sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\n"):
    failures = source.processLine(line)
    print(" ".join(str(failure[1]) for failure in failures))

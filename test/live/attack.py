"""The attackers of the live test: who they are, what names they have, and what they do.

attack.py addresses     their addresses, one a line, with prefix length
attack.py zone          a root zone for nsd: reverse names (good, missing, wrong), two block lists
attack.py password      the password of the one account that can log in
attack.py attack PW     attacks 192.0.2.1 and prints what was done, one JSON object a line

BANBOOK_LIVE_SHARE, a number up to 1, leaves out attackers: 0.1 for a tenth of them.

An attempt is `denied` when the server said so, `accepted`, or `lost` when no answer came: a ban cuts connections, and
whether the server still read the password then, its log alone can tell.
"""

import imaplib
import json
import os
import poplib
import random
import smtplib
import socket
import ssl
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import paramiko

SEED = 20191201
SERVER = "192.0.2.1"
SERVER6 = "2001:db8::1"
WAIT = 12


def some(pattern, first, end):
    count = max(2, round((end - first) * float(os.environ.get("BANBOOK_LIVE_SHARE", 1))))
    return [pattern.format(n) for n in range(first, min(end, first + count))]


SSH = some("198.51.100.{}", 10, 130)
SSH6 = some("2001:db8::bad:{:x}", 1, 9)
SMTP = some("203.0.113.{}", 10, 50)
IMAP = some("203.0.113.{}", 60, 80)
POP3 = some("203.0.113.{}", 80, 96)
SPAM = some("203.0.113.{}", 100, 140)
DROPS = some("198.51.100.{}", 140, 160)
OWNER = "198.51.100.200"

ACCOUNTS = ["root", "admin", "test", "oracle", "ubuntu", "git", "alice", "postgres", "ftpuser", "nagios"]
# What a client can put into a name to have another address banned, or a page run it.
HOSTILE = [
    "root from 192.0.2.77 port 22 ssh2",
    "x from 192.0.2.78",
    "invalid user y from 192.0.2.79 port 1 ssh2\nFailed password for root from 192.0.2.80 port 22 ssh2",
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://a.example\")",
    "\x1b[31mred",
    "",
    "名前",
]
HOSTILE_HELO = ["[192.0.2.77]", "host> [192.0.2.77]: 535 x", "<b>.example"]


def kind_of_name(address):
    """good: its name leads back to it; none; wrong: leads elsewhere; dead: the name does not exist."""
    return ["good", "none", "wrong", "dead"][int(address.rsplit(".", 1)[1]) % 4]


def name_of(address):
    return f"h{address.replace('.', '-')}.{kind_of_name(address)}.example"


def reverse(address):
    return ".".join(reversed(address.split(".")))


def listed(address):
    """Which block list has the address of a spammer."""
    return ["zen.spamhaus.org", "bl.spamcop.net", None, None][int(address.rsplit(".", 1)[1]) // 4 % 4]


def zone():
    yield ". 60 SOA ns.example. root.example. 1 60 60 60 60"
    yield ". 60 NS ns.example."
    yield "ns.example. 60 A 127.0.0.1"
    for address in [*SSH, *SMTP, *IMAP, *POP3, *SPAM]:
        kind = kind_of_name(address)
        if kind != "none":
            yield f"{reverse(address)}.in-addr.arpa. 60 PTR {name_of(address)}."
        if kind == "good":
            yield f"{name_of(address)}. 60 A {address}"
        if kind == "wrong":
            yield f"{name_of(address)}. 60 A 192.0.2.66"
    for address in SPAM:
        if listed(address):
            yield f"{reverse(address)}.{listed(address)}. 60 A 127.0.0.2"


lock = threading.Lock()


def tell(service, address, account, result, **more):
    with lock:
        print(json.dumps({"at": round(time.time(), 3), "service": service, "address": address,
                          "account": account, "result": result, **more}), flush=True)


def ssh(address, account, passwords):
    """One connection. Returns False when the server could not be reached."""
    server = SERVER6 if ":" in address else SERVER
    try:
        sock = socket.create_connection((server, 22), WAIT, (address, 0))
    except OSError:
        tell("ssh", address, account, "refused")
        return False
    transport = paramiko.Transport(sock)
    transport.banner_timeout = transport.auth_timeout = WAIT
    try:
        try:
            transport.start_client(timeout=WAIT)
        except Exception:
            tell("ssh", address, account, "refused")
            return False
        for password in passwords:
            try:
                transport.auth_password(account, password, fallback=False)
                tell("ssh", address, account, "accepted")
            except paramiko.AuthenticationException as error:
                answered = type(error) is paramiko.AuthenticationException and "imeout" not in str(error)
                tell("ssh", address, account, "denied" if answered else "lost")
            except Exception:
                tell("ssh", address, account, "lost")
                return False
    finally:
        transport.close()
    return True


def smtp_auth(address, account, helo):
    try:
        with smtplib.SMTP(SERVER, 25, local_hostname=helo, timeout=30, source_address=(address, 0)) as client:
            client.ehlo()
            client.starttls(context=trust_any())
            client.ehlo()
            try:
                # Once: login() would try each mechanism that the server offers.
                client.user, client.password = account, "wrong"
                client.auth("LOGIN", client.auth_login)
            except smtplib.SMTPAuthenticationError:
                tell("smtp", address, account, "denied")
            except (smtplib.SMTPException, OSError):
                tell("smtp", address, account, "lost")
    except smtplib.SMTPServerDisconnected:
        pass
    except (OSError, smtplib.SMTPException):
        tell("smtp", address, account, "refused")


def trust_any():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def imap(address, account):
    class Client(imaplib.IMAP4_SSL):
        def _create_socket(self, timeout):
            sock = socket.create_connection((SERVER, 993), 30, (address, 0))
            return self.ssl_context.wrap_socket(sock)

    try:
        client = Client(SERVER, 993, ssl_context=trust_any())
        try:
            client.login(account, "wrong")
        except imaplib.IMAP4.error as error:
            tell("imap", address, account, "denied" if "AUTHENTICATIONFAILED" in str(error) else "lost")
        client.shutdown()
    except OSError:
        tell("imap", address, account, "refused")


def pop3(address, account):
    class Client(poplib.POP3_SSL):
        def _create_socket(self, timeout):
            sock = socket.create_connection((SERVER, 995), 30, (address, 0))
            return self.context.wrap_socket(sock)

    try:
        client = Client(SERVER, 995, context=trust_any())
        try:
            client.user(account)
            client.pass_("wrong")
        except poplib.error_proto as error:
            tell("pop3", address, account, "denied" if b"AUTH" in error.args[0] else "lost")
        client.close()
    except OSError:
        tell("pop3", address, account, "refused")


def spam(address, helo, recipient):
    """One mail that must be refused; what for is told by the server's answer."""
    try:
        with smtplib.SMTP(SERVER, 25, local_hostname=helo, timeout=30, source_address=(address, 0)) as client:
            client.helo()
            code, _ = client.mail("sender@spam.example")
            if code == 250:
                code, reply = client.rcpt(recipient)
                reason = next((name for name in ("zen.spamhaus.org", "bl.spamcop.net") if name.encode() in reply), None)
                tell("mail", address, None, "refused" if code >= 400 else "taken", code=code,
                     list=reason, helo=helo, recipient=recipient)
    except (OSError, smtplib.SMTPException):
        pass


def noise(address, data):
    try:
        with socket.create_connection((SERVER, 22), WAIT, (address, 0)) as sock:
            if data:
                sock.sendall(data)
            time.sleep(0.3)
        tell("ssh", address, None, "dropped")
    except OSError:
        tell("ssh", address, None, "refused")


def scan_ssh(draw, address):
    time.sleep(draw.uniform(0, 15))
    for _ in range(draw.randint(1, 5)):
        account = draw.choice(HOSTILE) if draw.random() < 0.15 else draw.choice(ACCOUNTS)
        if not ssh(address, account, ["wrong"] * draw.choice([1, 1, 1, 1, 2, 3])):
            break
        time.sleep(draw.uniform(1.5, 4))


def scan_smtp(draw, address):
    time.sleep(draw.uniform(0, 10))
    for _ in range(draw.randint(1, 4)):
        smtp_auth(address, draw.choice([*ACCOUNTS, "info@host1.example"]), draw.choice(["ylmf-pc", *HOSTILE_HELO]))
        time.sleep(draw.uniform(1.5, 4))


def scan_box(draw, address, box):
    time.sleep(draw.uniform(0, 10))
    for _ in range(draw.randint(1, 2)):
        box(address, draw.choice([*ACCOUNTS, "info@host1.example"]))


def send_spam(draw, address):
    time.sleep(draw.uniform(0, 10))
    helo = draw.choice(["mail.spam.example", *HOSTILE_HELO])
    spam(address, helo, draw.choice(["alice@host1.example", "nobody@elsewhere.example"]))


def attack(password):
    jobs = [(scan_ssh, a) for a in [*SSH, *SSH6]] + [(scan_smtp, a) for a in SMTP]
    jobs += [(scan_box, a, imap) for a in IMAP] + [(scan_box, a, pop3) for a in POP3]
    jobs += [(send_spam, a) for a in SPAM]
    garbage = [b"", b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x01\x00", b"SSH-2.0-x\r\n"]
    jobs += [(lambda draw, a, data: noise(a, data), a, garbage[n % 4]) for n, a in enumerate(DROPS)]
    random.Random(SEED).shuffle(jobs)
    with ThreadPoolExecutor(48) as pool:
        futures = [pool.submit(job[0], random.Random(f"{SEED} {i}"), *job[1:]) for i, job in enumerate(jobs)]
        for future in futures:
            future.result()
    ssh(OWNER, "alice", [password])


def main(task, *more):
    if task == "addresses":
        for address in [*SSH, *SMTP, *IMAP, *POP3, *SPAM, *DROPS, OWNER]:
            print(f"{address}/32")
        for address in SSH6:
            print(f"{address}/64 nodad")
    elif task == "zone":
        for record in zone():
            print(record)
    elif task == "password":
        print(f"correct-{SEED}")
    else:
        attack(*more)


main(*sys.argv[1:])

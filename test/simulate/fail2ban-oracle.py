"""Drives fail2ban's own classes over logs, without its daemon and with no clock but the log's.

Reads one case a line from standard input and answers each with one line of JSON: the bans, restored bans and ends of
bans in their order, and the bans that stand at the end. A case is
{"jails": {name: {"bantime", "findtime", "maxretry", "increment"}}, "restarts": [[stop, start]], "seed": n,
 "lines": [[time, address, count, [index of jail, ...]]]}.
What the daemon's threads do within seconds of each other is done here at once, in their order.
"""

import json
import logging
import sys

sys.path.insert(0, "/usr/lib/python3/dist-packages")

from fail2ban.server import jail as jail_module
from fail2ban.server.actions import Actions
from fail2ban.server.database import Fail2BanDb
from fail2ban.server.filter import Filter
from fail2ban.server.ipdns import IPAddr
from fail2ban.server.jail import Jail
from fail2ban.server.mytime import MyTime
from fail2ban.server.observer import Observers, ObserverThread
from fail2ban.server.ticket import Ticket

logging.disable(logging.CRITICAL)
database = Fail2BanDb(":memory:")
observer = ObserverThread()
observer.add_timer = lambda *_: None


class Events:
    """In place of the observer's queue."""

    def __init__(self):
        self.queue = []

    def add(self, *event):
        self.queue.append(event)

    def drain(self):
        while self.queue:
            name, *arguments = self.queue.pop(0)
            getattr(observer, name)(*arguments)


Observers.Main = Events()


class Numbers:
    """The minimal standard generator, which the test has too."""

    def __init__(self, seed):
        self.state = seed

    def random(self):
        self.state = self.state * 16807 % 2147483647
        return self.state / 2147483647


class Recorder:
    """An action that writes down what it is asked for."""

    _prolongable = False

    def __init__(self, name, events):
        self.name = name
        self.events = events

    def ban(self, info):
        kind = "restore" if info["restored"] else "ban"
        self.events.append([kind, self.name, str(info["ip"]), MyTime.time(), info["time"], info["failures"]])

    def unban(self, info):
        end = Ticket.MAX_TIME if info["bantime"] == -1 else info["time"] + info["bantime"]
        self.events.append(["unban", self.name, str(info["ip"]), info["time"], end, info["bancount"]])

    def stop(self):
        pass


class LiveJail(Jail):
    def __init__(self, name, settings, events):
        super().__init__(name, backend=None, db=database)
        database.addJail(self)
        self._Jail__filter = source = Filter(self, useDns="no")
        self._Jail__actions = Actions(self)
        self.actions._actions["recorder"] = Recorder(name, events)
        self.actions.setBanTime(settings["bantime"])
        source.ignoreSelf = False
        source.setFindTime(settings["findtime"])
        source.setMaxRetry(settings["maxretry"])
        source.setDatePattern("{^LN-BEG}EPOCH")
        source.addFailRegex("^ fail from <HOST>$")
        for option, value in (settings.get("increment") or {}).items():
            self.setBanTimeExtra(option, value)

    def isAlive(self):
        return True

    def check_bans(self):
        Observers.Main.drain()
        while self.hasFailTickets:
            self.actions._Actions__checkBan()
            Observers.Main.drain()


class Server:
    def __init__(self, case):
        with database._lock:
            for table in ("bans", "bips", "logs", "jails"):
                database._db.execute("DELETE FROM " + table)
        self.case = case
        self.events = []
        self.restarts = list(case["restarts"])
        self.now = self.down = float("-inf")
        self.purge = float("inf")
        self.start()

    def start(self):
        self.jails = [LiveJail(name, settings, self.events) for name, settings in self.case["jails"].items()]

    def clock(self, time):
        if self.now == float("-inf"):
            self.purge = time + 3600
        while self.purge <= time:
            MyTime.setTime(self.purge)
            database.purge()
            self.purge += 3600
        self.now = time
        MyTime.setTime(time)
        for jail in self.jails:
            jail.filter.performSvc(force=True)
            jail.actions._Actions__checkUnBan(10**9)

    def tick(self, time):
        while self.restarts and self.restarts[0][0] <= time:
            stop, start = self.restarts.pop(0)
            if stop > self.now:
                self.clock(stop)
            for jail in self.jails:
                jail.actions._Actions__flushBan(stop=True)
            self.now = self.down = max(self.now, start)
            self.purge = self.now + 3600
            MyTime.setTime(self.now)
            self.start()
            for jail in self.jails:
                jail.filter.performSvc(force=True)
                jail.restoreCurrentBans()
                jail.check_bans()
        if time > self.now:
            self.clock(time)

    def line(self, time, address, count, jails):
        self.tick(time)
        for index in jails:
            jail = self.jails[index]
            jail.filter.inOperation = not (time < self.down and self.now == self.down)
            if count == 1:
                jail.filter.processLineAndAdd("%d fail from %s" % (time, address))
            else:
                jail.filter.addAttempt(IPAddr(address), *["line"] * count)
            jail.check_bans()

    def standing(self):
        bans = []
        for jail in self.jails:
            for ticket in jail.actions.banManager:
                end = ticket.getEndOfBanTime(jail.actions.getBanTime())
                bans.append([jail.name, str(ticket.getID()), ticket.getTime(), end, ticket.getBanCount()])
        return bans


for text in sys.stdin:
    case = json.loads(text)
    jail_module.random = Numbers(case["seed"])
    server = Server(case)
    for line in case["lines"]:
        server.line(*line)
    print(json.dumps({"events": server.events, "standing": server.standing()}), flush=True)

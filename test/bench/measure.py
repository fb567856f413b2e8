"""Runs one command and prints its wall time, CPU time (s), peak memory (MB) and exit status as JSON.

measure.py STDIN STDOUT STDERR COMMAND…: Node cannot ask the system for the CPU time and memory of a child that ended.
"""

import json
import os
import sys
import time

stdin, stdout, stderr, *command = sys.argv[1:]
write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
files = [(os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0)]
files += [(os.POSIX_SPAWN_OPEN, fd, path, write, 0o644) for fd, path in ((1, stdout), (2, stderr))]
begin = time.monotonic()
pid = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
_, status, used = os.wait4(pid, 0)
wall = time.monotonic() - begin
# Linux tells the peak in units of 1024 bytes; what is smaller than this Python counts as large as it, some 9 MB.
print(
    json.dumps(
        {
            "wall": wall,
            "cpu": used.ru_utime + used.ru_stime,
            "peak": used.ru_maxrss * 1024 / 1e6,
            "status": os.waitstatus_to_exitcode(status),
        }
    )
)

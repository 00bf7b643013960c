#!/usr/bin/env python3
"""What somebody at a terminal waits for: `screen.py ROUNDS KEYS COMMAND...`

Starts each command in turn on a pty of 120 by 40 cells, as often as ROUNDS says, and prints medians in milliseconds: from
the start until the first frame is there, and from each letter of KEYS until its frame is. A frame is there with the bytes
that end a synchronized update, or, for a program that sends none, when nothing came for 30 ms (which are not counted).
"""

import fcntl
import os
import pty
import select
import shlex
import signal
import statistics
import struct
import sys
import termios
import time

END = b"\x1b[?2026l"


def frame(screen):
    """When the frame that is awaited was there."""
    seen, last = b"", None
    while last is None or select.select([screen], [], [], 0.03)[0]:
        seen += os.read(screen, 1 << 16)
        last = time.perf_counter()
        if END in seen:
            break
    return last


def calm(screen):
    """Waits until nothing comes any more."""
    while select.select([screen], [], [], 0.3)[0]:
        os.read(screen, 1 << 16)


def times(command, keys):
    began = time.perf_counter()
    child, screen = pty.fork()
    if child == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.execvp(command[0], command)
    taken = [frame(screen) - began]
    for key in keys:
        calm(screen)
        began = time.perf_counter()
        os.write(screen, key.encode())
        taken.append(frame(screen) - began)
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    os.close(screen)
    return taken


rounds, keys, commands = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
taken = {command: [] for command in commands}
for _ in range(rounds):
    for command in commands:
        taken[command].append(times(shlex.split(command), keys))
for command, rows in taken.items():
    medians = (f"{1000 * statistics.median(column):.1f}" for column in zip(*rows))
    print(command, *(f"{name} {ms}" for name, ms in zip(["start", *keys], medians)), sep="  ")

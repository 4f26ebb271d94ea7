# Sourced by the scripts beside it.
# shellcheck shell=bash

script=${0##*/}

say() { printf '%s: %s\n' "$script" "$*" >&2; }
die() { say "$*"; exit 1; }

# Ports nobody listens on, taken below the range the kernel hands out for outgoing connections.
free_ports() { # COUNT
  python3 - "$1" <<'PY'
import random
import socket
import sys

found = []
while len(found) < int(sys.argv[1]):
    port = random.randint(20000, 32000)
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    if port not in found:
        found.append(port)
print(*found)
PY
}

# Runs a command so that Ctrl-C and TERM reach it and this shell's EXIT trap still runs at once. A command in the
# foreground would hold the trap back until it ends by itself.
run_child() { # COMMAND...
  local status=0
  "$@" <&0 &
  child=$!
  trap 'kill -TERM "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 130' INT
  trap 'kill -TERM "$child" 2>/dev/null; wait "$child" 2>/dev/null; exit 143' TERM
  wait "$child" || status=$?
  trap - INT TERM
  return "$status"
}

# Asks a process of ours to end, and makes sure that it does.
end_process() { # PID SECONDS
  local left=$(($2 * 10))
  kill -TERM "$1" 2>/dev/null || return 0
  while kill -0 "$1" 2>/dev/null; do
    if [ "$left" -le 0 ]; then
      say "process $1 did not end within $2 s: killed"
      kill -KILL "$1" 2>/dev/null || true
      break
    fi
    left=$((left - 1))
    sleep 0.1
  done
  wait "$1" 2>/dev/null || true
}

#!/usr/bin/env bash
# Rebuilds the article's server in namespaces of its own and attacks it: run.sh OUT leaves in OUT what the daemons
# wrote. The namespaces end with their first process, and with them all that was started; the time limit sees to both.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: run.sh OUT}
if [ "$(id -u)" -ne 0 ]; then
  echo 'test-live: needs root, for network and mount namespaces; nothing was started' >&2
  exit 2
fi
packages=(openssh-server postfix dovecot-imapd dovecot-pop3d rsyslog systemd fail2ban logwatch nsd iptables iproute2 whois python3-paramiko procps openssl)
# dpkg-query fails where it knows nothing of a package, and that is one that is missing.
missing=$({ dpkg-query -W -f '${Package} ${Status}\n' "${packages[@]}" 2>/dev/null || true; } | awk '/ installed$/ { print $1 }' |
  sort | comm -13 - <(printf '%s\n' "${packages[@]}" | sort))
if [ -n "$missing" ]; then
  apt-get update -qq
  # Debian starts what it installs, unless this file says no.
  policy=/usr/sbin/policy-rc.d
  [ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy && trap 'rm -f $policy' EXIT; }
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  [ -n "$(trap -p EXIT)" ] && rm -f $policy && trap - EXIT
fi
mkdir -p "$out"
exec timeout --kill-after=10 270 unshare --net --mount --pid --fork --uts --ipc --kill-child bash "$here/world.sh" "$(cd "$out" && pwd)"

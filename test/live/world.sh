#!/usr/bin/env bash
# The server of the article, with real daemons, and its attackers: run by run.sh within namespaces of its own (network,
# mounts, processes, host name), where this shell is process 1. When it ends, all that it started ends, and what was
# written to /etc, /home, /root and /var was written to memory only.
#   world.sh OUT: leaves raw/, truth.jsonl, firewall.txt and versions.txt in the folder OUT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$1

# ── a machine of its own ──────────────────────────────────────────────────────────────────────────────────────
mount --make-rprivate /
layer=$(mktemp -d)
mount -t tmpfs tmpfs "$layer"
# The places that are covered in a moment are still needed.
mkdir "$layer/here" "$layer/out"
mount --bind "$here" "$layer/here"
mount --bind "$out" "$layer/out"
here=$layer/here
out=$layer/out
for place in etc home root var; do
  mkdir "$layer/$place" "$layer/$place.work"
  mount -t overlay overlay -o "lowerdir=/$place,upperdir=$layer/$place,workdir=$layer/$place.work" "/$place"
done
mount -t tmpfs tmpfs /run
mount -t proc proc /proc
mkdir -p /run/netns /run/lock /run/sshd /run/live "$layer/dev"
mount -t tmpfs tmpfs "$layer/dev"
for node in null zero full random urandom tty; do
  touch "$layer/dev/$node"
  mount --bind "/dev/$node" "$layer/dev/$node"
done
mkdir "$layer/dev/pts" "$layer/dev/shm"
mount -t devpts devpts "$layer/dev/pts" -o newinstance,ptmxmode=0666
ln -s pts/ptmx "$layer/dev/ptmx"
ln -s /proc/self/fd "$layer/dev/fd"
mount --move "$layer/dev" /dev

export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
hostname host1
printf '%032x\n' 1 >/etc/machine-id
ln -sf /usr/share/zoneinfo/Asia/Tokyo /etc/localtime
rm -f /etc/timezone
printf '127.0.0.1 localhost\n192.0.2.1 host1.example host1\n' >/etc/hosts
echo 'nameserver 127.0.0.1' >/etc/resolv.conf
echo host1.example >/etc/mailname
rm -rf /var/log/* /var/mail/* /var/spool/postfix/{active,deferred,incoming,maildrop}/*
mkdir -p /var/log/rfc3339

# ── network: the server here, the attackers in a namespace beside it ──────────────────────────────────────────
ip link set lo up
ip netns add attacker
ip link add server type veth peer name attacker netns attacker
ip address add 192.0.2.1/24 dev server
ip address add 2001:db8::1/64 dev server nodad
ip link set server up
ip route add 198.51.100.0/24 dev server
ip route add 203.0.113.0/24 dev server
ip -n attacker link set lo up
ip -n attacker link set attacker up
ip -n attacker address add 192.0.2.2/24 dev attacker
ip -n attacker address add 2001:db8::2/64 dev attacker nodad
/usr/bin/python3 "$here/attack.py" addresses | sed 's/^/address add /; s/$/ dev attacker/' | ip -n attacker -batch -

# ── daemons, each in the foreground of this shell ─────────────────────────────────────────────────────────────
waitfor() { # SECONDS COMMAND…: until the command succeeds
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $end ]; then
      echo "test-live: waited in vain for: $*" >&2
      tail -n 20 "$layer"/*.log >&2
      exit 1
    fi
    sleep 0.2
  done
}
start() { # NAME COMMAND…
  local name=$1
  shift
  "$@" >"$layer/$name.log" 2>&1 &
}
listens() { ss -Hltn "sport = :$1" | grep -q .; }

/usr/bin/python3 "$here/attack.py" zone >"$layer/root.zone"
cat >"$layer/nsd.conf" <<EOF
server:
  ip-address: 127.0.0.1
  username: ""
  zonesdir: "$layer"
  database: ""
  pidfile: "$layer/nsd.pid"
  xfrdfile: "$layer/xfrd.state"
  zonelistfile: "$layer/zone.list"
zone:
  name: "."
  zonefile: "root.zone"
EOF
start nsd nsd -d -c "$layer/nsd.conf"
# As on Debian: journald takes the messages and hands them on to rsyslogd.
mkdir -p /run/systemd/journal /run/log/journal
cp "$here/server/journald.conf" /etc/systemd/journald.conf
start journald /lib/systemd/systemd-journald
waitfor 10 test -S /run/systemd/journal/dev-log
ln -s /run/systemd/journal/dev-log /dev/log
start rsyslogd rsyslogd -n -f "$here/server/rsyslog.conf" -i /run/live/rsyslogd.pid
waitfor 10 test -S /run/systemd/journal/syslog

ssh-keygen -q -t ed25519 -N '' -f /run/live/host_key
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=host1.example \
  -keyout /run/live/cert.key -out /run/live/cert.pem 2>/dev/null
useradd --create-home --shell /bin/sh alice
echo "alice:$(/usr/bin/python3 "$here/attack.py" password)" | chpasswd
start sshd /usr/sbin/sshd -D -f "$here/server/sshd_config"
cp "$here/server/main.cf" /etc/postfix/main.cf
postconf -F '*/*/chroot = n'
start postfix postfix start-fg
waitfor 20 listens 22
waitfor 20 listens 25
# Its socket lies in a folder that postfix makes.
dovecot --version | grep -q '^2\.4' && dovecot=2.4 || dovecot=2.3
start dovecot dovecot -F -c "$here/server/dovecot-$dovecot.conf"
waitfor 20 test -S /var/spool/postfix/private/auth
waitfor 20 listens 993

rm -f /etc/fail2ban/jail.d/*
cp "$here/server/jail.local" /etc/fail2ban/jail.local
touch /var/log/secure /var/log/maillog
PATH="$here/server:$PATH" start fail2ban fail2ban-server -xf --loglevel INFO --logtarget /var/log/fail2ban.log start
waitfor 20 grep -q "Jail 'sasl-iptables' started" /var/log/fail2ban.log

# ── the attack, and what is left of it ────────────────────────────────────────────────────────────────────────
ip netns exec attacker /usr/bin/python3 "$here/attack.py" attack "$(/usr/bin/python3 "$here/attack.py" password)" >"$out/truth.jsonl"
sleep 4 # fail2ban reads its logs every second
{ iptables-save; ip6tables-save; } | grep '^-A f2b-.* -s ' >"$out/firewall.txt"
fail2ban-client status ssh-iptables >"$out/status.txt"
fail2ban-client status sasl-iptables >>"$out/status.txt"
logwatch --range today --detail 5 --service All --service -zz-disk_space --format text --output mail --mailto root@host1.example
waitfor 20 sh -c "grep -q '^Subject: Logwatch' /var/mail/root"
# syslog holds a line back as long as the same one may come again.
pkill -x rsyslogd
sleep 1
mkdir -p "$out/raw/classic" "$out/raw/rfc3339"
# As logrotate names them: their stamps have no year.
for log in secure maillog messages; do cp "/var/log/$log" "$out/raw/classic/$log-$(date +%Y%m%d)"; done
cp /var/log/rfc3339/* "$out/raw/rfc3339/"
cp /var/log/fail2ban.log "$out/raw/"
cp /var/mail/root "$out/raw/root.mbox"
mkdir -p "$out/raw/journal"
# The fields that tell one machine from another are left out; each entry keeps its time, program and message.
journalctl --directory /run/log/journal --output export --output-fields \
  MESSAGE,PRIORITY,SYSLOG_FACILITY,SYSLOG_IDENTIFIER,SYSLOG_PID,_PID,_COMM,_HOSTNAME,_TRANSPORT,_SOURCE_REALTIME_TIMESTAMP |
  grep -av '^__CURSOR=\|^_BOOT_ID=' >"$out/raw/journal/journal.export"
dpkg-query -W -f '${Package} ${Version}\n' openssh-server postfix dovecot-core rsyslog systemd fail2ban logwatch nsd >"$out/versions.txt"

# Failed logins of a maillog (postfix, dovecot) by month, account and address, as count.awk does for sshd.
/SASL [A-Z]+ authentication failed/ {
  # warning: unknown[192.0.2.1]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=admin
  split($7, client, /[][]/)
  failures[$1, substr($NF, 15), client[2]]++
  next
}
/\(auth failed, / {
  # imap-login: Disconnected (auth failed, 2 attempts in 6 secs): user=<admin>, method=PLAIN, rip=192.0.2.1, …
  failures[$1, substr($15, 7, length($15) - 8), substr($17, 5, length($17) - 5)] += $10
}
END {
  for (key in failures) {
    all += failures[key]
    if (list) print failures[key], key
  }
  print all
}

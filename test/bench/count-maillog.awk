# Failed logins of a maillog (postfix, dovecot) by month, account and address, as count.awk does for sshd.
/SASL [A-Z]+ authentication failed/ {
  # warning: unknown[192.0.2.1]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=admin
  split($7, client, /[][]/)
  month[$1]++
  account[substr($NF, 15)]++
  address[client[2]]++
  next
}
/\(auth failed, / {
  # imap-login: Disconnected (auth failed, 2 attempts in 6 secs): user=<admin>, method=PLAIN, rip=192.0.2.1, …
  month[$1] += $10
  account[substr($14, 7, length($14) - 8)] += $10
  address[substr($16, 5, length($16) - 5)] += $10
}
END {
  for (name in month) failures += month[name]
  print failures
}

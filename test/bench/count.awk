# Failed passwords of an sshd log by month, account and address: the least that a reader of such a log can do. A test
# holds that the counts are those of the auth frame; with -v list=1 all of them are printed.
/Failed password for / {
  # syslog folds equal lines into "message repeated 5 times: [ … ]".
  folded = $6 == "message"
  word = folded ? 14 : 9
  if ($word == "invalid") word += 2
  account = $word
  # None or several words: what stands before " from ADDRESS port PORT ssh2".
  if (NF != word + 5) {
    account = substr($0, index($0, "Failed password for ") + 20)
    sub(/^invalid user /, "", account)
    account = substr(account, 1, length(account) - length($(NF - 3)) - length($(NF - 1)) - length($NF) - 13)
  }
  failures[$1, account, $(NF - 3)] += folded ? $8 : 1
}
END {
  for (key in failures) {
    all += failures[key]
    if (list) print failures[key], key
  }
  print all
}

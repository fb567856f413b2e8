# Failed passwords of an sshd log by month, account and address: the least that a reader of such a log can do.
# Three tables are quicker in mawk than one by all three. Of an account with blanks it takes the first word.
/Failed password for / {
  # syslog folds equal lines into "message repeated 5 times: [ … ]".
  folded = $6 == "message"
  word = folded ? 14 : 9
  n = folded ? $8 : 1
  if ($word == "invalid") word += 2
  month[$1] += n
  account[$word] += n
  address[$(NF - 3)] += n
}
END {
  for (name in month) failures += month[name]
  print failures
}

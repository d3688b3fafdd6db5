-- ARGV, for each: contact, entry number as of which nobody waits in it or holds it.
for i = 1, #ARGV, 2 do
  local old = read(ARGV[i])
  if old and old.no <= tonumber(ARGV[i + 1]) then
    leave(ARGV[i], old)
    redis.call('HDEL', CONTACTS, ARGV[i])
  end
end
return 1

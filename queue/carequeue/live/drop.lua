-- ARGV, for each: contact, entry number as of which nobody waits in it or holds it.
local leave = moves()
for i = 1, #ARGV, 2 do
  local old = read(ARGV[i])
  if old and old[NO] <= tonumber(ARGV[i + 1]) then
    leave(ARGV[i], old)
    redis.call('HDEL', CONTACTS, ARGV[i])
  end
end
return 1

-- ARGV: contact, entry number as of which nobody waits in it or holds it.
local old = read(ARGV[1])
if not old or old.no > tonumber(ARGV[2]) then
  return 0
end
leave(ARGV[1], old)
redis.call('HDEL', CONTACTS, ARGV[1])
return 1

-- ARGV: contact, unit, needs, score, member, entry number, claim number. A record of a newer entry stays as it is.
local contact = ARGV[1]
local new = {unit = ARGV[2], needs = ARGV[3], score = ARGV[4], member = ARGV[5],
             no = tonumber(ARGV[6]), claim = tonumber(ARGV[7]), parked_until = PARKED_NOT}
local old = read(contact)
if not old then
  line_up(contact, new)
  return 1
end
if old.no > new.no then
  return 0
end
if old.parked_until > PARKED_NOT and old.claim > new.claim then
  -- Parked under a number SQL has not settled yet: it stays parked, at its new place.
  new.claim, new.parked_until = old.claim, old.parked_until
  write(contact, new)
  return 1
end
leave(contact, old)
new.claim = math.max(old.claim, new.claim)
line_up(contact, new)
return 1

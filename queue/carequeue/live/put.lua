-- ARGV: contact, unit, needs, score, arrival, entry number, claim number, who holds it (empty: it waits), who owes the
-- answer (patient or staff; empty: as it was).
-- A record of a newer entry stays as it is.
local contact, holder = ARGV[1], ARGV[8]
local new = {unit = ARGV[2], needs = ARGV[3], score = tonumber(ARGV[4]), arrived = ARGV[5],
             no = tonumber(ARGV[6]), claim = tonumber(ARGV[7])}
local old = read(contact)
if old and old.no > new.no then
  return 0
end
local waits = ARGV[9] == 'patient'
if ARGV[9] == '' and old and holder ~= '' and old.holder == holder then
  waits = tonumber(redis.call('HGET', LOAD .. holder, contact) or 0) >= PATIENTS
end
if old then
  leave(contact, old)
end
if holder ~= '' then
  take(contact, new, holder, HELD, waits)
elseif old and old.ends > IN_LANE and old.claim > new.claim then
  -- Parked under a number SQL has not settled yet: it stays parked, at its new place.
  new.claim = old.claim
  take(contact, new, old.holder, old.ends)
else
  new.claim = old and math.max(old.claim, new.claim) or new.claim
  line_up(contact, new)
end
return 1

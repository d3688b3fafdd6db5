-- ARGV, for each: contact, unit, needs, score, arrival, entry number, claim number, who holds it (empty: it waits), who owes
-- the answer (patient or staff; empty: as it was). A record of a newer entry stays as it is.
local function put(i)
  local contact, holder = ARGV[i], ARGV[i + 7]
  local new = {unit = ARGV[i + 1], needs = ARGV[i + 2], score = tonumber(ARGV[i + 3]), arrived = ARGV[i + 4],
               no = tonumber(ARGV[i + 5]), claim = tonumber(ARGV[i + 6])}
  local old = read(contact)
  if old and old.no > new.no then
    return
  end
  local waits = ARGV[i + 8] == 'patient'
  if ARGV[i + 8] == '' and old and holder ~= '' and old.holder == holder then
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
end

for i = 1, #ARGV, 9 do
  put(i)
end
return 1

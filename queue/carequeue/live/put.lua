-- ARGV, for each: contact, unit, needs, score, arrival, entry number, claim number, who holds it (empty: it waits), who owes
-- the answer (patient or staff; empty: as it was). A record of a newer entry stays as it is.
local leave, line_up, take = moves()

local function put(i)
  local contact, holder = ARGV[i], ARGV[i + 7]
  local new = {ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3]), ARGV[i + 4], tonumber(ARGV[i + 5]), tonumber(ARGV[i + 6]),
               IN_LANE, ''}
  local old = read(contact)
  if old and old[NO] > new[NO] then
    return
  end
  local waits = ARGV[i + 8] == 'patient'
  if ARGV[i + 8] == '' and old and holder ~= '' and old[HOLDER] == holder then
    waits = tonumber(redis.call('HGET', LOAD .. holder, contact) or 0) >= PATIENTS
  end
  if old then
    leave(contact, old, holder)
  end
  if holder ~= '' then
    take(contact, new, holder, HELD, waits)
  elseif old and old[ENDS] > IN_LANE and old[CLAIM] > new[CLAIM] then
    -- Parked under a number SQL has not settled yet: it stays parked, at its new place.
    new[CLAIM] = old[CLAIM]
    take(contact, new, old[HOLDER], old[ENDS])
  else
    new[CLAIM] = old and math.max(old[CLAIM], new[CLAIM]) or new[CLAIM]
    line_up(contact, new)
  end
end

for i = 1, #ARGV, 9 do
  put(i)
end
return 1

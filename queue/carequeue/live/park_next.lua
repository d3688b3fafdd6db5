-- ARGV: now, moment the park runs out, number of units, the units, then what the asker is able to do.
-- Answers {'incomplete'}, {'none'} or {'parked', contact, unit, claim number, entry number}.
if redis.call('EXISTS', COMPLETE) == 0 then
  return {'incomplete'}
end
local now, parked_until, last_unit = ARGV[1], tonumber(ARGV[2]), 3 + tonumber(ARGV[3])
for _, contact in ipairs(redis.call('ZRANGEBYSCORE', PARKED, '-inf', now)) do
  line_up(contact, read(contact))
end

local able = {}
for i = last_unit + 1, #ARGV do
  able[ARGV[i]] = true
end
local function takes(needs)
  for need in string.gmatch(needs, '%S+') do
    if not able[need] then
      return false
    end
  end
  return true
end

local best_score, best_member
local function consider(unit, needs)
  local head = redis.call('ZRANGE', lane_of(unit, needs), 0, 0, 'WITHSCORES')
  if not head[1] then
    redis.call('SREM', NEEDS .. unit, needs)
    return
  end
  local member, score = head[1], tonumber(head[2])
  if not best_score or score < best_score or (score == best_score and member < best_member) then
    best_score, best_member = score, member
  end
end
for i = 4, last_unit do
  for _, needs in ipairs(redis.call('SMEMBERS', NEEDS .. ARGV[i])) do
    if takes(needs) then
      consider(ARGV[i], needs)
    end
  end
end
if not best_member then
  return {'none'}
end

local contact = string.sub(best_member, string.find(best_member, ':', 1, true) + 1)
local record = read(contact)
leave(contact, record)
record.claim, record.parked_until = record.claim + 1, parked_until
write(contact, record)
redis.call('ZADD', PARKED, parked_until, contact)
return {'parked', contact, record.unit, record.claim, record.no}

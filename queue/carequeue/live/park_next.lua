-- ARGV: now, moment the park runs out, number of units, the units, then what the asker is able to do.
-- Answers {'incomplete'}, {'none'} or {'parked', contact, unit, claim number, entry number}.
if redis.call('EXISTS', COMPLETE) == 0 then
  return {'incomplete'}
end
local now, parked_until, last_unit = ARGV[1], tonumber(ARGV[2]), 3 + tonumber(ARGV[3])
for _, contact in ipairs(redis.call('ZRANGEBYSCORE', PARKED, '-inf', now)) do
  local record = read(contact)
  if record then
    line_up(contact, record)
  else
    redis.call('ZREM', PARKED, contact)
  end
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

local function better(one, other)
  return not other or one.score < other.score or (one.score == other.score and one.member < other.member)
end
local function first()
  local best
  for i = 4, last_unit do
    for _, needs in ipairs(redis.call('SMEMBERS', NEEDS .. ARGV[i])) do
      local lane = lane_of(ARGV[i], needs)
      local head = takes(needs) and redis.call('ZRANGE', lane, 0, 0, 'WITHSCORES')
      if head and not head[1] then
        redis.call('SREM', NEEDS .. ARGV[i], needs)
      elseif head then
        local candidate = {lane = lane, member = head[1], score = tonumber(head[2])}
        best = better(candidate, best) and candidate or best
      end
    end
  end
  return best
end

while true do
  local best = first()
  if not best then
    return {'none'}
  end
  local contact = string.sub(best.member, string.find(best.member, ':', 1, true) + 1)
  local record = read(contact)
  if record and lane_of(record.unit, record.needs) == best.lane and tonumber(record.score) == best.score then
    leave(contact, record)
    record.claim, record.parked_until = record.claim + 1, parked_until
    write(contact, record)
    redis.call('ZADD', PARKED, parked_until, contact)
    return {'parked', contact, record.unit, record.claim, record.no}
  end
  redis.call('ZREM', best.lane, best.member)  -- its record was lost, or says that it stands elsewhere
end

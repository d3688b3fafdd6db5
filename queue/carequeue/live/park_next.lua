-- ARGV: now, moment the park runs out, who asks, how much a very urgent contact weighs, any other, and both while the
-- patient owes the answer; then for each unit: its name, how much may be held for one more of it, how many while one of
-- them is immediate, and what the asker is able to do there, with spaces between.
-- Answers {'incomplete'}, {'none', what is being given to the asker just now} or {'parked', contact, unit, claim number, entry number}.
if redis.call('EXISTS', COMPLETE) == 0 then
  return {'incomplete'}
end
local asker = ARGV[3]
for _, contact in ipairs(redis.call('ZRANGEBYSCORE', PARKED, '-inf', ARGV[1])) do
  local record = read(contact)
  redis.call('ZREM', PARKED, contact)
  if record then
    redis.call('HDEL', LOAD .. record.holder, contact)
    line_up(contact, record)
  end
end

local held = redis.call('HVALS', LOAD .. asker)
local weights = {['1'] = ARGV[4], ['2'] = ARGV[5], ['11'] = ARGV[6], ['12'] = ARGV[7]}
local load, limit_at = 0, 1  -- behind the unit's name: the limit, then the one that holds with an immediate open
for _, mark in ipairs(held) do
  local weight = weights[mark]
  if weight then
    load = load + weight
  else  -- immediate: they are counted, not weighed
    load, limit_at = #held, 2
    break
  end
end

local function takes(needs, able)
  for need in string.gmatch(needs, '%S+') do
    if not string.find(able, ' ' .. need .. ' ', 1, true) then
      return false
    end
  end
  return true
end

-- The first of the lanes the asker may take from, and which lane that is.
local function first()
  local unit, needs, member, score
  for i = 8, #ARGV, 4 do
    local full, able = load >= tonumber(ARGV[i + limit_at]), ' ' .. ARGV[i + 3] .. ' '
    for _, wanted in ipairs(redis.call('SMEMBERS', NEEDS .. ARGV[i])) do
      if wanted == '' or (not full and takes(wanted, able)) then
        local lane = LANE .. ARGV[i] .. '|' .. wanted
        local head = redis.call('ZRANGE', lane, 0, 0, 'WITHSCORES')
        local at = head[1] and tonumber(head[2])
        if not at then
          redis.call('SREM', NEEDS .. ARGV[i], wanted)
        elseif not (full and at >= TIER) and (not score or at < score or (at == score and head[1] < member)) then
          unit, needs, member, score = ARGV[i], wanted, head[1], at
        end
      end
    end
  end
  return unit, needs, member, score
end

local function being_given()
  local parked = {}
  for _, contact in ipairs(redis.call('HKEYS', LOAD .. asker)) do
    local record = read(contact)
    if record and record.ends > IN_LANE then
      table.insert(parked, contact)
    end
  end
  return parked
end

while true do
  local unit, needs, member, score = first()
  if not unit then
    return {'none', being_given()}
  end
  local contact = string.sub(member, string.find(member, ':', 1, true) + 1)
  local record = read(contact)
  redis.call('ZREM', LANE .. unit .. '|' .. needs, member)
  if record and record.ends == IN_LANE and record.unit == unit and record.needs == needs and record.score == score then
    record.claim = record.claim + 1
    take(contact, record, asker, tonumber(ARGV[2]))
    return {'parked', contact, unit, record.claim, record.no}
  end
  -- else its record was lost, or says that it stands elsewhere
end

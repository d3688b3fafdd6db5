-- ARGV: now, moment the parks run out, how much a very urgent contact weighs, any other, and both while the patient owes
-- the answer; then for each who asks: who, of how many units, and for each of these its name, how much may be held for one
-- more of it, how many while one of them is immediate, and what the asker is able to do there, with spaces between.
-- Answers false when it may not be whole, else for each who asks, in turn: contact, unit, claim number and entry number of
-- what is parked for them, or, for nobody, what is being given to the asker just now.
if redis.call('EXISTS', COMPLETE) == 0 then
  return false
end
for _, contact in ipairs(redis.call('ZRANGEBYSCORE', PARKED, '-inf', ARGV[1])) do
  local record = read(contact)
  redis.call('ZREM', PARKED, contact)
  if record then
    redis.call('HDEL', LOAD .. record.holder, contact)
    line_up(contact, record)
  end
end

local weights = {['1'] = ARGV[3], ['2'] = ARGV[4], ['11'] = ARGV[5], ['12'] = ARGV[6]}

-- How much the asker holds, and where behind a unit's name its limit stands: another one holds with an immediate open.
local function load_of(asker)
  local held, load = redis.call('HVALS', LOAD .. asker), 0
  for _, mark in ipairs(held) do
    local weight = weights[mark]
    if not weight then  -- immediate: they are counted, not weighed
      return #held, 2
    end
    load = load + weight
  end
  return load, 1
end

local function takes(needs, able)
  for need in string.gmatch(needs, '%S+') do
    if not string.find(able, ' ' .. need .. ' ', 1, true) then
      return false
    end
  end
  return true
end

-- Lanes are looked at once for all who ask together: what is taken out of one is looked at anew.
local known = {}

local function lanes_of(unit)
  local lanes = known[unit]
  if not lanes then
    lanes = {}
    for _, needs in ipairs(redis.call('SMEMBERS', NEEDS .. unit)) do
      lanes[#lanes + 1] = {unit = unit, needs = needs, name = LANE .. unit .. '|' .. needs}
    end
    known[unit] = lanes
  end
  return lanes
end

local function look(lane)
  local head = redis.call('ZRANGE', lane.name, 0, 0, 'WITHSCORES')
  lane.seen, lane.member, lane.score = true, head[1], tonumber(head[2])
  if not head[1] then
    redis.call('SREM', NEEDS .. lane.unit, lane.needs)
  end
end

-- The first of the lanes the asker may take from.
local function first(from, to, load, limit_at)
  local best
  for i = from, to, 4 do
    local full, able = load >= tonumber(ARGV[i + limit_at])
    for _, lane in ipairs(lanes_of(ARGV[i])) do
      if lane.needs ~= '' and not full and not able then
        able = ' ' .. ARGV[i + 3] .. ' '
      end
      if lane.needs == '' or (not full and takes(lane.needs, able)) then
        if not lane.seen then
          look(lane)
        end
        local at = lane.score
        if at and not (full and at >= TIER)
          and (not best or at < best.score or (at == best.score and lane.member < best.member)) then
          best = lane
        end
      end
    end
  end
  return best
end

local function being_given(asker)
  local parked = {}
  for _, contact in ipairs(redis.call('HKEYS', LOAD .. asker)) do
    local record = read(contact)
    if record and record.ends > IN_LANE then
      table.insert(parked, contact)
    end
  end
  return parked
end

local function give(asker, from, to)
  local load, limit_at = load_of(asker)
  while true do
    local lane = first(from, to, load, limit_at)
    if not lane then
      return {being_given(asker)}
    end
    local member, score = lane.member, lane.score
    local contact = string.sub(member, string.find(member, ':', 1, true) + 1)
    local record = read(contact)
    redis.call('ZREM', lane.name, member)
    lane.seen = false
    if record and record.ends == IN_LANE and record.unit == lane.unit and record.needs == lane.needs
      and record.score == score then
      record.claim = record.claim + 1
      take(contact, record, asker, tonumber(ARGV[2]))
      return {contact, lane.unit, record.claim, record.no}
    end
    -- else its record was lost, or says that it stands elsewhere
  end
end

local answers, i = {}, 7
while ARGV[i] do
  local to = i + 1 + ARGV[i + 1] * 4
  answers[#answers + 1] = give(ARGV[i], i + 2, to)
  i = to + 1
end
return answers

-- ARGV: now, moment the parks run out, how much a very urgent contact weighs, any other, and both while the patient owes
-- the answer; then for each who asks: who, of how many units, and for each of these its name, how much may be held for one
-- more of it, how many while one of them is immediate, and what the asker is able to do there, with spaces around each.
-- Answers false when it may not be whole, else for each who asks, in turn: contact, unit, claim number and entry number of
-- what is parked for them, or, for nobody, what is being given to the asker just now.
-- The calls are most of what it costs, then the tables: what can be, is asked and told for all who ask together.
if redis.call('EXISTS', COMPLETE) == 0 then
  return false
end
local over = redis.call('ZRANGEBYSCORE', PARKED, '-inf', ARGV[1])
if over[1] then
  local _, line_up = moves()
  for _, contact in ipairs(over) do
    local record = read(contact)
    redis.call('ZREM', PARKED, contact)
    if record then
      redis.call('HDEL', LOAD .. record[HOLDER], contact)
      line_up(contact, record)
    end
  end
end

-- Lanes are looked at once for all who ask together. What is taken is taken out of them at the end: always the first.
local AHEAD = ARGV[9 + ARGV[8] * 4] and 3 or 1  -- so many, when more than one asks
local known, looked_at = {}, {}
local parked, records, ends = {}, {}, {}  -- what is parked by contact, and what is to be told of it
local find, call = string.find, redis.call

local function lanes_of(unit)
  local lanes, all_needs = {}, call('SMEMBERS', NEEDS .. unit)
  for i = 1, #all_needs do
    local needs, wanted = all_needs[i], false
    if needs ~= '' then
      wanted = {}
      for need in string.gmatch(needs, '%S+') do
        wanted[#wanted + 1] = ' ' .. need .. ' '
      end
    end
    lanes[i] = {unit = unit, needs = needs, wanted = wanted, name = LANE .. unit .. '|' .. needs,
                few = false, at = 0, taken = 0, score = false}
  end
  known[unit] = lanes
  return lanes
end

-- Who is first there, of those nobody has taken.
local function look(lane)
  if not lane.few then
    looked_at[#looked_at + 1] = lane
  end
  lane.few = call('ZRANGE', lane.name, lane.taken, lane.taken + AHEAD - 1, 'WITHSCORES')
  lane.at = 1
  lane.score = tonumber(lane.few[2])
  if not lane.score then
    call('SREM', NEEDS .. lane.unit, lane.needs)
  end
end

-- The first of the lanes the asker may take from, who holds so much; at `limit_at` behind a unit's name stands its limit.
local function first(from, to, load, limit_at)
  local best
  for i = from, to, 4 do
    local unit, full, able = ARGV[i], load >= tonumber(ARGV[i + limit_at]), ARGV[i + 3]
    local lanes = known[unit] or lanes_of(unit)
    for j = 1, #lanes do
      local lane = lanes[j]
      local wanted, takes = lane.wanted, true
      if wanted then
        takes = not full
        for k = 1, takes and #wanted or 0 do
          takes = takes and find(able, wanted[k], 1, true)
        end
      end
      if takes then
        if not lane.few or lane.at > #lane.few and lane.few[1] then
          look(lane)
        end
        local at = lane.score
        if at and not (full and at >= TIER)
          and (not best or at < best.score or (at == best.score and lane.few[lane.at] < best.few[best.at])) then
          best = lane
        end
      end
    end
  end
  return best
end

local function being_given(asker)
  local given = {}
  for _, contact in ipairs(call('HKEYS', LOAD .. asker)) do
    local record = parked[contact] or read(contact)
    if record and record[ENDS] > IN_LANE then
      given[#given + 1] = contact
    end
  end
  return given
end

-- How much the asker holds, and where behind a unit's name its limit stands: another one holds with an immediate open.
local function load_of(asker)
  local held, load = call('HVALS', LOAD .. asker), 0
  if held[1] then
    local weights = {['1'] = ARGV[3], ['2'] = ARGV[4], ['11'] = ARGV[5], ['12'] = ARGV[6]}
    for _, mark in ipairs(held) do
      local weight = weights[mark]
      if not weight then  -- immediate: they are counted, not weighed
        return #held, 2
      end
      load = load + weight
    end
  end
  return load, 1
end

local function give(asker, from, to)
  local load, limit_at = load_of(asker)
  while true do
    local lane = first(from, to, load, limit_at)
    if not lane then
      return {being_given(asker)}
    end
    local member, score = lane.few[lane.at], lane.score
    lane.taken, lane.at, lane.score = lane.taken + 1, lane.at + 2, tonumber(lane.few[lane.at + 3])
    local contact = string.sub(member, find(member, ':', 1, true) + 1)
    local record = not parked[contact] and read(contact)  -- what is parked just now is not written yet
    if record and record[ENDS] == IN_LANE and record[UNIT] == lane.unit and record[NEEDED] == lane.needs
      and record[SCORE] == score then
      local claim = record[CLAIM] + 1
      record[CLAIM], record[ENDS], record[HOLDER] = claim, tonumber(ARGV[2]), asker
      call('HSET', LOAD .. asker, contact, mark_of(record))
      parked[contact] = record
      records[#records + 1], records[#records + 2] = contact, cmsgpack.pack(record)
      ends[#ends + 1], ends[#ends + 2] = ARGV[2], contact
      return {contact, lane.unit, claim, record[NO]}
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
for _, lane in ipairs(looked_at) do
  if lane.taken > 0 then
    call('ZREMRANGEBYRANK', lane.name, 0, lane.taken - 1)
  end
end
if ends[1] then
  call('ZADD', PARKED, unpack(ends))
  call('HSET', CONTACTS, unpack(records))
end
return answers

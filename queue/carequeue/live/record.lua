-- Put before every script of the index. KEYS, the same for all of them:
--   contacts  hash: contact -> its record, packed
--   parked    sorted set: contact by the moment its park runs out
--   complete  text, there while the index is known to hold everyone who waits
--   mending   set of those who are bringing it up to date
--   lane      start of the names of the queues, one for each unit and needs: sorted sets in the queue's own order
--   needs     start of the names of the sets that list a unit's queues by their needs
--   load      start of the names of the hashes of what each nurse holds or is being given: contact -> tier, and 10 more
--             while the patient owes the answer
-- A contact is in its lane, parked or held, never two of them. Times come from the caller; nothing asks for the time.
local CONTACTS, PARKED, COMPLETE, MENDING, LANE, NEEDS, LOAD = unpack(KEYS)
local IN_LANE, HELD = 0, -1  -- what `ends` says of a contact that is not parked
local TIER = 2^42
local PATIENTS = 10  -- more than any tier

local function read(contact)
  local packed = redis.call('HGET', CONTACTS, contact)
  if not packed then
    return nil
  end
  local field = cmsgpack.unpack(packed)
  return {unit = field[1], needs = field[2], score = field[3], arrived = field[4],
          no = field[5], claim = field[6], ends = field[7], holder = field[8]}
end

local function write(contact, record)
  redis.call('HSET', CONTACTS, contact, cmsgpack.pack({record.unit, record.needs, record.score, record.arrived,
                                                       record.no, record.claim, record.ends, record.holder}))
end

local function lane_of(record)
  return LANE .. record.unit .. '|' .. record.needs
end

local function member_of(contact, record)
  return record.arrived .. ':' .. contact
end

local function leave(contact, record)
  if record.ends == IN_LANE then
    redis.call('ZREM', lane_of(record), member_of(contact, record))
  else
    redis.call('HDEL', LOAD .. record.holder, contact)
    if record.ends ~= HELD then
      redis.call('ZREM', PARKED, contact)
    end
  end
end

local function line_up(contact, record)
  record.ends, record.holder = IN_LANE, ''
  redis.call('ZADD', lane_of(record), record.score, member_of(contact, record))
  redis.call('SADD', NEEDS .. record.unit, record.needs)
  write(contact, record)
end

local function take(contact, record, holder, ends, waits)
  record.holder, record.ends = holder, ends
  redis.call('HSET', LOAD .. holder, contact, math.floor(record.score / TIER) + (waits and PATIENTS or 0))
  if ends ~= HELD then
    redis.call('ZADD', PARKED, ends, contact)
  end
  write(contact, record)
end

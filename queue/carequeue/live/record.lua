-- Put before every script of the index. KEYS, the same for all of them:
--   contacts  hash: contact -> its record, packed
--   parked    sorted set: contact by the moment its park runs out
--   complete  text, there while the index is known to hold everyone who waits
--   mending   set of those who are bringing it up to date
--   lane      start of the names of the queues, one for each unit and needs: sorted sets in the queue's own order
--   needs     start of the names of the sets that list a unit's queues by their needs
-- A contact is in its lane or parked, never both. Times come from the caller; nothing here asks for the time.
local CONTACTS, PARKED, COMPLETE, MENDING, LANE, NEEDS = unpack(KEYS)
local PARKED_NOT = 0

local function lane_of(unit, needs)
  return LANE .. unit .. '|' .. needs
end

local function read(contact)
  local packed = redis.call('HGET', CONTACTS, contact)
  if not packed then
    return nil
  end
  local field = cmsgpack.unpack(packed)
  return {unit = field[1], needs = field[2], score = field[3], member = field[4],
          no = field[5], claim = field[6], parked_until = field[7]}
end

local function write(contact, record)
  redis.call('HSET', CONTACTS, contact, cmsgpack.pack({record.unit, record.needs, record.score, record.member,
                                                       record.no, record.claim, record.parked_until}))
end

local function leave(contact, record)
  redis.call('ZREM', lane_of(record.unit, record.needs), record.member)
  redis.call('ZREM', PARKED, contact)
end

local function line_up(contact, record)
  record.parked_until = PARKED_NOT
  redis.call('ZREM', PARKED, contact)
  redis.call('ZADD', lane_of(record.unit, record.needs), record.score, record.member)
  redis.call('SADD', NEEDS .. record.unit, record.needs)
  write(contact, record)
end

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
-- Where what stands in a record, which stays the list it is packed as: names for it would cost a second table for each.
local UNIT, NEEDED, SCORE, ARRIVED, NO, CLAIM, ENDS, HOLDER = 1, 2, 3, 4, 5, 6, 7, 8
local IN_LANE, HELD = 0, -1  -- what ENDS says of a contact that is not parked
local TIER = 2^42
local PATIENTS = 10  -- more than any tier

local function read(contact)
  local packed = redis.call('HGET', CONTACTS, contact)
  return packed and cmsgpack.unpack(packed)
end

-- What a contact counts among what somebody holds.
local function mark_of(record, waits)
  return math.floor(record[SCORE] / TIER) + (waits and PATIENTS or 0)
end

-- How a contact leaves where it is, lines up in its lane and is taken. Made when they are asked for: a function costs
-- something each time the script that has it runs.
local function moves()
  local function write(contact, record)
    redis.call('HSET', CONTACTS, contact, cmsgpack.pack(record))
  end

  local function lane_of(record)
    return LANE .. record[UNIT] .. '|' .. record[NEEDED]
  end

  local function member_of(contact, record)
    return record[ARRIVED] .. ':' .. contact
  end

  -- `to`: who takes it at once, if anybody: what they are being given they then hold.
  local function leave(contact, record, to)
    if record[ENDS] == IN_LANE then
      redis.call('ZREM', lane_of(record), member_of(contact, record))
    else
      if record[HOLDER] ~= to then
        redis.call('HDEL', LOAD .. record[HOLDER], contact)
      end
      if record[ENDS] ~= HELD then
        redis.call('ZREM', PARKED, contact)
      end
    end
  end

  local function line_up(contact, record)
    record[ENDS], record[HOLDER] = IN_LANE, ''
    redis.call('ZADD', lane_of(record), record[SCORE], member_of(contact, record))
    redis.call('SADD', NEEDS .. record[UNIT], record[NEEDED])
    write(contact, record)
  end

  local function take(contact, record, holder, ends, waits)
    record[ENDS], record[HOLDER] = ends, holder
    redis.call('HSET', LOAD .. holder, contact, mark_of(record, waits))
    if ends ~= HELD then
      redis.call('ZADD', PARKED, ends, contact)
    end
    write(contact, record)
  end

  return leave, line_up, take
end

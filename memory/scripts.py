"""What must happen in one step in Redis, as Lua scripts: each reads, decides and writes."""

# KEYS: chat, messages, state, lease. ARGV: owner, turn, message, title, time,
# lease and kept in ms, how many messages to recall.
# Everything is decided before anything is written, so that a refusal leaves no trace. A turn that
# has the lease already is one whose reply got lost and that redis-py sends again; the same text
# behind which no answer came is sent again by its writer. Such a message is taken off and kept
# anew, not twice.
BEGIN = """
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] then return {'gone'} end
local running = redis.call('GET', KEYS[4])
if running and running ~= ARGV[2] then return {'running'} end
local last = redis.call('LINDEX', KEYS[2], -1)
local unanswered = last and cjson.decode(last).role == 'user'
if running or (unanswered and cjson.decode(last).text == cjson.decode(ARGV[3]).text) then
  redis.call('RPOP', KEYS[2])
end
local before = redis.call('LRANGE', KEYS[2], -ARGV[8], -1)
local state = redis.call('GET', KEYS[3])
redis.call('SET', KEYS[4], ARGV[2], 'PX', ARGV[6])
if not owner then
  redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'title', ARGV[4], 'created', ARGV[5], 'version', 1)
end
redis.call('HSET', KEYS[1], 'updated', ARGV[5])
redis.call('RPUSH', KEYS[2], ARGV[3])
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[7]) end
return {'begun', before, state}
"""

# KEYS: chat, messages, state, lease. ARGV: turn, message, state, time, kept in ms.
# An answer that is there already was kept by a call whose reply got lost.
REMEMBER = """
if redis.call('GET', KEYS[4]) ~= ARGV[1] then
  return redis.call('LINDEX', KEYS[2], -1) == ARGV[2] and 1 or 0
end
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('SET', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[1], 'updated', ARGV[4])
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[5]) end
redis.call('DEL', KEYS[4])
return 1
"""

# KEYS: lease. ARGV: turn, lease in ms.
RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""

# KEYS: chat. ARGV: owner, title.
RENAME = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'title', ARGV[2])
return 1
"""

# KEYS: chat, and the rest of it; or share. ARGV: owner.
DELETE = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('DEL', unpack(KEYS))
return 1
"""

# KEYS: an owner's shares. ARGV: token, how many at most, how long to keep the list in ms, or "".
# The list outlives what is on it: a share that is open can always be found and revoked.
LIST_SHARE = """
local listed = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not listed and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
local left = redis.call('PTTL', KEYS[1])
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'NX', time[1] * 1000000 + time[2], ARGV[1])
if ARGV[3] == '' then
  redis.call('PERSIST', KEYS[1])
elseif left ~= -1 and left < tonumber(ARGV[3]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
"""

# KEYS: an owner's shares. ARGV: how new an entry stays in any case in µs, tokens of shares that
# were not found. A share is listed before it is written: what is new may be about to be written.
UNLIST_SHARES = """
local time = redis.call('TIME')
local new = time[1] * 1000000 + time[2] - ARGV[1]
for i = 2, #ARGV do
  local listed = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if listed and tonumber(listed) < new then redis.call('ZREM', KEYS[1], ARGV[i]) end
end
"""

# KEYS: share. ARGV: visitor.
OPEN_SHARE = """
local found = redis.call('HMGET', KEYS[1], 'version', 'expires', 'snapshot', 'owner')
local owner = table.remove(found)
if owner and owner ~= ARGV[1] then redis.call('HINCRBY', KEYS[1], 'opened', 1) end
return found
"""

# KEYS: share. ARGV: owner, fields and their values in turn.
UPDATE_SHARE = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return 1
"""

# KEYS: share. ARGV: owner, the time of its end or "", how long until then in ms or "".
EXPIRE_SHARE = """
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'expires', ARGV[2])
if ARGV[3] == '' then
  redis.call('PERSIST', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
"""

# KEYS: bucket. ARGV: how long one takes to come back in µs, how many there are when it is full.
# A bucket is the time at which it will be full again; one that is full is not there. Returns how
# long in µs until there is one to take, 0 if one was taken.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + ARGV[1]
local wait = full - now - ARGV[1] * ARGV[2]
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return 0
"""

# KEYS: bucket. ARGV: how long one takes to come back in µs.
GIVE_BACK = """
local full = redis.call('GET', KEYS[1])
if not full then return end
local time = redis.call('TIME')
local left = full - ARGV[1] - (time[1] * 1000000 + time[2])
if left <= 0 then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], string.format('%.0f', full - ARGV[1]), 'PX', math.ceil(left / 1000))
end
"""
